import page from "../../../assets/wording/es/page.ftl";
import faults from "../../../assets/wording/es/faults.ftl";

export default [page, faults];
