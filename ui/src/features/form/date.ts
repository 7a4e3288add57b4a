/** A date as typed, `dd/mm/yyyy`, and its three boxes. Nothing is judged here: the core validates. */

export interface DateParts {
  day: string;
  month: string;
  year: string;
}

export function splitDate(value: string): DateParts {
  const [day = "", month = "", year = ""] = value.split("/");
  return { day, month, year };
}

/** Empty when nothing is typed, so that an optional date may be left alone. */
export function joinDate({ day, month, year }: DateParts): string {
  return day || month || year ? `${day}/${month}/${year}` : "";
}
