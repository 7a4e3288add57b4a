### The page of the figures of the service, read by the office.

# Title of the page.
figures-title = Cifras del servicio
# Under the title. $from and $until are dates written out.
figures-period = Anotaciones de entrada del { $from } al { $until }
# How the whole compares. $before is a number, $growth a percentage with its sign.
figures-growth = { $growth } respecto al mismo período del año anterior, que tuvo { $before }.
# When there is nothing to compare with.
figures-nothing-before = El año anterior no hay ninguna anotación en este período.
# How many entries correct others.
figures-corrections = { $count ->
    [one] Una de ellas rectifica o anula otra.
   *[other] { $count } de ellas rectifican o anulan otra.
 }
# Heading of the months.
figures-months = Por meses
# Column of the months.
figures-month = Mes
# Heading of the years.
figures-years = Por años
# Column of the years.
figures-year = Año
# Heading of the procedures.
figures-procedures = Por procedimientos
# Column of the procedures.
figures-procedure = Procedimiento
# Heading: in person or electronically, as SICRES has it.
figures-channels = Por forma de presentación
# Column of the same.
figures-channel = Forma
# Heading: the kiosks, and the office itself.
figures-kiosks = Por punto de entrada
# Column of the same.
figures-kiosk = Punto
# Heading of the units that entries go to.
figures-units = Por unidades
# Column of the units.
figures-unit = Unidad
# Heading of the days.
figures-days = Por días
# Column of the days.
figures-day = Día
# Column of the numbers, and what the large number counts.
figures-entries = Anotaciones
# Column of the numbers a year before; also in the key of the chart.
figures-before = Año anterior
# Column of the change in percent.
figures-change = Variación
# In the key of the chart.
figures-this = Este período
# Way of presentation, SICRES 01.
figures-in-person = Presencial
# Way of presentation, SICRES 02.
figures-electronic = Electrónica
# Heading: how long filings waited for their number.
figures-waited = Tiempo hasta el registro
# When none waited.
figures-waited-none = Ninguna solicitud ha esperado más de un minuto.
# How long those waited that had to. $median, $most and $longest are times with units.
figures-waited-some = { $count ->
    [one] Una solicitud ha esperado más de un minuto: { $longest }.
   *[other] { $count } solicitudes han esperado más de un minuto: la mitad, hasta { $median }; 95 de cada 100, hasta { $most }; la que más, { $longest }.
 }
