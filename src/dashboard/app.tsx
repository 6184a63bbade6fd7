import { useEffect } from "preact/hooks";
import { stopWatching, watch } from "./live";
import { Login } from "./login";
import { route } from "./navigation";
import { Notices } from "./notices";
import { pageOf } from "./pages/index";
import { ConfirmDialog } from "./parts/dialog";
import { keepLogin, user } from "./session";
import { Shell } from "./shell";

const REFRESH_LOGIN_MS = 30 * 60_000;

export function App() {
  const isIn = user.value !== "";
  useEffect(() => {
    if (!isIn) return;
    watch();
    void keepLogin();
    const timer = setInterval(() => void keepLogin(), REFRESH_LOGIN_MS);
    return () => {
      clearInterval(timer);
      stopWatching();
    };
  }, [isIn]);
  return (
    <>
      {isIn ? <Shell>{pageOf(route.value)}</Shell> : <Login />}
      <ConfirmDialog />
      <Notices />
    </>
  );
}
