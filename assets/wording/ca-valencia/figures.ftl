### The page of the figures of the service, read by the office.

# Title of the page.
figures-title = Xifres del servici
# Under the title. $from and $until are dates written out.
figures-period = Anotacions d’entrada del { $from } al { $until }
# How the whole compares. $before is a number, $growth a percentage with its sign.
figures-growth = { $growth } respecte al mateix període de l’any anterior, que en tingué { $before }.
# When there is nothing to compare with.
figures-nothing-before = L’any anterior no hi ha cap anotació en este període.
# How many entries correct others.
figures-corrections = { $count ->
    [one] Una d’estes rectifica o anul·la una altra.
   *[other] { $count } d’estes rectifiquen o anul·len una altra.
 }
# Heading of the months.
figures-months = Per mesos
# Column of the months.
figures-month = Mes
# Heading of the years.
figures-years = Per anys
# Column of the years.
figures-year = Any
# Heading of the procedures.
figures-procedures = Per procediments
# Column of the procedures.
figures-procedure = Procediment
# Heading: in person or electronically, as SICRES has it.
figures-channels = Per forma de presentació
# Column of the same.
figures-channel = Forma
# Heading: the kiosks, and the office itself.
figures-kiosks = Per punt d’entrada
# Column of the same.
figures-kiosk = Punt
# Heading of the units that entries go to.
figures-units = Per unitats
# Column of the units.
figures-unit = Unitat
# Heading of the days.
figures-days = Per dies
# Column of the days.
figures-day = Dia
# Column of the numbers, and what the large number counts.
figures-entries = Anotacions
# Column of the numbers a year before; also in the key of the chart.
figures-before = Any anterior
# Column of the change in percent.
figures-change = Variació
# In the key of the chart.
figures-this = Este període
# Way of presentation, SICRES 01.
figures-in-person = Presencial
# Way of presentation, SICRES 02.
figures-electronic = Electrònica
# Heading: how long filings waited for their number.
figures-waited = Temps fins al registre
# When none waited.
figures-waited-none = Cap sol·licitud ha esperat més d’un minut.
# How long those waited that had to. $median, $most and $longest are times with units.
figures-waited-some = { $count ->
    [one] Una sol·licitud ha esperat més d’un minut: { $longest }.
   *[other] { $count } sol·licituds han esperat més d’un minut: la mitat, fins a { $median }; 95 de cada 100, fins a { $most }; la que més, { $longest }.
 }
