/** A time of day (HH:MM), hours later. */
export function hoursLater(time: string, hours: number): string {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  const text = (value: number): string => String(value).padStart(2, "0");
  return `${text((hour + hours) % 24)}:${text(minute)}`;
}
