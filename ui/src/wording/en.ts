import page from "../../../assets/wording/en/page.ftl";
import faults from "../../../assets/wording/en/faults.ftl";

export default [page, faults];
