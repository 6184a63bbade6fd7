// The bench's own hook, served without the sync: what a bare $http.send of the same body costs.
routerAdd("GET", "/bench/send", (e) => {
  const began = Date.now();
  const answer = $http.send({ url: e.request?.url?.query().get("url") ?? "", timeout: 600 });
  return e.json(200, { ms: Date.now() - began, bytes: answer.body.length, status: answer.statusCode });
});
