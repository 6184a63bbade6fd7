// The bench's own hook, served without the sync: what a bare $http.send of the same body costs.
routerAdd("GET", "/bench/send", (e) => {
  const began = Date.now();
  const answer = $http.send({ url: e.request?.url?.query().get("url") ?? "", timeout: 600 });
  return e.json(200, { ms: Date.now() - began, bytes: answer.body.length, status: answer.statusCode });
});

// Jobs without what they are for: claimed, read, finished and logged, but neither mapped nor pushed.
routerAdd("GET", "/bench/queue", (e) => {
  const asked = e.request?.url?.query();
  const { measureQueue } = require(`${__hooks}/queue.js`);
  return e.json(200, measureQueue(Number(asked?.get("jobs")), Number(asked?.get("finished"))));
});
