import { render } from "preact";
import "uplot/dist/uPlot.min.css";
import "./styles/index.css";
import "./theme";
import { App } from "./app";

const root = document.getElementById("app");
if (root) {
  root.replaceChildren();
  render(<App />, root);
}
