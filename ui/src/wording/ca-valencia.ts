import page from "../../../assets/wording/ca-valencia/page.ftl";
import faults from "../../../assets/wording/ca-valencia/faults.ftl";

export default [page, faults];
