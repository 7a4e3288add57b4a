### The page of the figures of the service, read by the office.

# Title of the page.
figures-title = Figures of the service
# Under the title. $from and $until are dates written out.
figures-period = Entries from { $from } to { $until }
# How the whole compares. $before is a number, $growth a percentage with its sign.
figures-growth = { $growth } on the same period of the year before, which had { $before }.
# When there is nothing to compare with.
figures-nothing-before = There are no entries in this period of the year before.
# How many entries correct others.
figures-corrections = { $count ->
    [one] One of them rectifies or annuls another.
   *[other] { $count } of them rectify or annul another.
 }
# Heading of the months.
figures-months = By month
# Column of the months.
figures-month = Month
# Heading of the years.
figures-years = By year
# Column of the years.
figures-year = Year
# Heading of the procedures.
figures-procedures = By procedure
# Column of the procedures.
figures-procedure = Procedure
# Heading: in person or electronically, as SICRES has it.
figures-channels = By way of presentation
# Column of the same.
figures-channel = Way
# Heading: the kiosks, and the office itself.
figures-kiosks = By place of entry
# Column of the same.
figures-kiosk = Place
# Heading of the units that entries go to.
figures-units = By unit
# Column of the units.
figures-unit = Unit
# Heading of the days.
figures-days = By day
# Column of the days.
figures-day = Day
# Column of the numbers, and what the large number counts.
figures-entries = Entries
# Column of the numbers a year before; also in the key of the chart.
figures-before = Year before
# Column of the change in percent.
figures-change = Change
# In the key of the chart.
figures-this = This period
# Way of presentation, SICRES 01.
figures-in-person = In person
# Way of presentation, SICRES 02.
figures-electronic = Electronic
# Heading: how long filings waited for their number.
figures-waited = Time to registration
# When none waited.
figures-waited-none = No application waited longer than a minute.
# How long those waited that had to. $median, $most and $longest are times with units.
figures-waited-some = { $count ->
    [one] One application waited longer than a minute: { $longest }.
   *[other] { $count } applications waited longer than a minute: half of them up to { $median }; 95 of 100 up to { $most }; the longest { $longest }.
 }
