<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en" language="de">
  <context>
    <name>writeback</name>
    <message numerus="yes">
      <source>%n accounts</source>
      <translation>
        <numerusform>%n Account</numerusform>
        <numerusform>%n Accounts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n accounts: {given} change hands, {same} stay, {waits} wait with an edit.</source>
      <translation>
        <numerusform>%n Account: {given} wechseln, {same} bleiben, {waits} warten mit einer Änderung.</numerusform>
        <numerusform>%n Accounts: {given} wechseln, {same} bleiben, {waits} warten mit einer Änderung.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n backups are damaged; the table says how.</source>
      <translation>
        <numerusform>%n Sicherung ist beschädigt; die Tabelle sagt, wie.</numerusform>
        <numerusform>%n Sicherungen sind beschädigt; die Tabelle sagt, wie.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n batches are still to be read</source>
      <translation>
        <numerusform>%n Stapel ist noch zu lesen</numerusform>
        <numerusform>%n Stapel sind noch zu lesen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n blank cells leave what is there; Delete clears.</source>
      <translation>
        <numerusform>%n leere Zelle lässt, was da ist; Löschen leert.</numerusform>
        <numerusform>%n leere Zellen lassen, was da ist; Löschen leert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n calls</source>
      <translation>
        <numerusform>%n Aufruf</numerusform>
        <numerusform>%n Aufrufe</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n candidates</source>
      <translation>
        <numerusform>%n Kandidat</numerusform>
        <numerusform>%n Kandidaten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells are locked and were left out: {columns}.</source>
      <translation>
        <numerusform>%n Zelle ist gesperrt und wurde ausgelassen: {columns}.</numerusform>
        <numerusform>%n Zellen sind gesperrt und wurden ausgelassen: {columns}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells cannot be read. They stay outlined, with the reason; F7 finds them.</source>
      <translation>
        <numerusform>%n Zelle ist nicht lesbar. Sie bleibt umrandet, mit dem Grund; F7 findet sie.</numerusform>
        <numerusform>%n Zellen sind nicht lesbar. Sie bleiben umrandet, mit dem Grund; F7 findet sie.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells cleared.</source>
      <translation>
        <numerusform>%n Zelle geleert.</numerusform>
        <numerusform>%n Zellen geleert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells filled.</source>
      <translation>
        <numerusform>%n Zelle gefüllt.</numerusform>
        <numerusform>%n Zellen gefüllt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells pasted.</source>
      <translation>
        <numerusform>%n Zelle eingefügt.</numerusform>
        <numerusform>%n Zellen eingefügt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n changes are left.</source>
      <translation>
        <numerusform> %n Änderung ist übrig.</numerusform>
        <numerusform> %n Änderungen sind übrig.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n chosen fields</source>
      <translation>
        <numerusform>%n gewähltes Feld</numerusform>
        <numerusform>%n gewählte Felder</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n chosen rows, with all their fields</source>
      <translation>
        <numerusform>%n gewählte Zeile mit allen ihren Feldern</numerusform>
        <numerusform>%n gewählte Zeilen mit allen ihren Feldern</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n columns are beyond the last one and were left out.</source>
      <translation>
        <numerusform>%n Spalte liegt hinter der letzten und wurde ausgelassen.</numerusform>
        <numerusform>%n Spalten liegen hinter der letzten und wurden ausgelassen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n columns are not written; they stay in the result files.</source>
      <translation>
        <numerusform>%n Spalte wird nicht geschrieben; sie bleibt in den Ergebnisdateien.</numerusform>
        <numerusform>%n Spalten werden nicht geschrieben; sie bleiben in den Ergebnisdateien.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n columns could not be read ({names}): the CRM does not show them to you. What stands there was read before.</source>
      <translation>
        <numerusform>%n Spalte konnte nicht gelesen werden ({names}): Das CRM zeigt sie Ihnen nicht. Was dort steht, wurde früher gelesen.</numerusform>
        <numerusform>%n Spalten konnten nicht gelesen werden ({names}): Das CRM zeigt sie Ihnen nicht. Was dort steht, wurde früher gelesen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts looked at</source>
      <translation>
        <numerusform>%n Konflikt angesehen</numerusform>
        <numerusform>%n Konflikte angesehen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts settled.</source>
      <translation>
        <numerusform>%n Konflikt entschieden.</numerusform>
        <numerusform>%n Konflikte entschieden.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts to decide</source>
      <translation>
        <numerusform>%n Konflikt zu entscheiden</numerusform>
        <numerusform>%n Konflikte zu entscheiden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts wait</source>
      <translation>
        <numerusform>%n Konflikt wartet</numerusform>
        <numerusform>%n Konflikte warten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n connections</source>
      <translation>
        <numerusform>%n Verbindung</numerusform>
        <numerusform>%n Verbindungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n CRMs</source>
      <translation>
        <numerusform>%n CRM</numerusform>
        <numerusform>%n CRMs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n disagreements wait</source>
      <translation>
        <numerusform>%n Widerspruch wartet</numerusform>
        <numerusform>%n Widersprüche warten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edited rows match no longer and stay until the grid is read again (Ctrl+R)</source>
      <translation>
        <numerusform>%n geänderte Zeile passt nicht mehr und bleibt, bis das Raster neu gelesen wird (Strg+R)</numerusform>
        <numerusform>%n geänderte Zeilen passen nicht mehr und bleiben, bis das Raster neu gelesen wird (Strg+R)</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits discarded {when} by {author}</source>
      <translation>
        <numerusform>%n Änderung verworfen {when} von {author}</numerusform>
        <numerusform>%n Änderungen verworfen {when} von {author}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits redone.</source>
      <translation>
        <numerusform>%n Änderung wiederholt.</numerusform>
        <numerusform>%n Änderungen wiederholt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits stand again.</source>
      <translation>
        <numerusform>%n Änderung gilt wieder.</numerusform>
        <numerusform>%n Änderungen gelten wieder.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits undone.</source>
      <translation>
        <numerusform>%n Änderung rückgängig gemacht.</numerusform>
        <numerusform>%n Änderungen rückgängig gemacht.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits wait for their answer. Leaving now loses them.</source>
      <translation>
        <numerusform>%n Änderung wartet auf ihre Antwort. Wer jetzt geht, verliert sie.</numerusform>
        <numerusform>%n Änderungen warten auf ihre Antwort. Wer jetzt geht, verliert sie.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits wait. Nothing has been sent.</source>
      <translation>
        <numerusform>%n Änderung wartet. Nichts wurde gesendet.</numerusform>
        <numerusform>%n Änderungen warten. Nichts wurde gesendet.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries match</source>
      <translation>
        <numerusform>%n Eintrag passt</numerusform>
        <numerusform>%n Einträge passen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries written to {file}; head {head}.</source>
      <translation>
        <numerusform>%n Eintrag nach {file} geschrieben; Kopf {head}.</numerusform>
        <numerusform>%n Einträge nach {file} geschrieben; Kopf {head}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n exchanges</source>
      <translation>
        <numerusform>%n Anfrage</numerusform>
        <numerusform>%n Anfragen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fields</source>
      <translation>
        <numerusform>%n Feld</numerusform>
        <numerusform>%n Felder</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fields mapped · write-back on for {on} · key {key} · {filter} · last pull {last}</source>
      <translation>
        <numerusform>%n Feld zugeordnet · Zurückschreiben an für {on} · Schlüssel {key} · {filter} · letzter Abruf {last}</numerusform>
        <numerusform>%n Felder zugeordnet · Zurückschreiben an für {on} · Schlüssel {key} · {filter} · letzter Abruf {last}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fields mapped. Nothing is saved yet, and write-back is off for each.{missing}</source>
      <translation>
        <numerusform>%n Feld zugeordnet. Noch ist nichts gespeichert, und Zurückschreiben ist aus.{missing}</numerusform>
        <numerusform>%n Felder zugeordnet. Noch ist nichts gespeichert, und Zurückschreiben ist für jedes aus.{missing}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files saved to {file}.</source>
      <translation>
        <numerusform>%n Datei in {file} gespeichert.</numerusform>
        <numerusform>%n Dateien in {file} gespeichert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n forms ask for it and would no longer: {named}.</source>
      <translation>
        <numerusform> %n Formular fragt danach und täte es nicht mehr: {named}.</numerusform>
        <numerusform> %n Formulare fragen danach und täten es nicht mehr: {named}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n further fields of the row wait with it.</source>
      <translation>
        <numerusform>%n weiteres Feld der Zeile wartet mit.</numerusform>
        <numerusform>%n weitere Felder der Zeile warten mit.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hours ago</source>
      <translation>
        <numerusform>vor %n Stunde</numerusform>
        <numerusform>vor %n Stunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs</source>
      <translation>
        <numerusform>%n Job</numerusform>
        <numerusform>%n Jobs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs are paused.</source>
      <translation>
        <numerusform>%n Job ist angehalten.</numerusform>
        <numerusform>%n Jobs sind angehalten.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs are running</source>
      <translation>
        <numerusform>%n Job läuft</numerusform>
        <numerusform>%n Jobs laufen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs queued.</source>
      <translation>
        <numerusform>%n Job eingereiht.</numerusform>
        <numerusform>%n Jobs eingereiht.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs stopped for want of a sign-in; it is there again.</source>
      <translation>
        <numerusform>%n Job wurde mangels Anmeldung gestoppt; sie ist wieder da.</numerusform>
        <numerusform>%n Jobs wurden mangels Anmeldung gestoppt; sie ist wieder da.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs wait for it.</source>
      <translation>
        <numerusform>%n Job wartet darauf.</numerusform>
        <numerusform>%n Jobs warten darauf.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n keys were chosen by hand.</source>
      <translation>
        <numerusform>%n Schlüssel wurde von Hand gewählt.</numerusform>
        <numerusform>%n Schlüssel wurden von Hand gewählt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lines are below the last row and were left out.</source>
      <translation>
        <numerusform>%n Zeile liegt unter der letzten und wurde ausgelassen.</numerusform>
        <numerusform>%n Zeilen liegen unter der letzten und wurden ausgelassen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n mappings are not saved yet.</source>
      <translation>
        <numerusform> %n Zuordnung ist noch nicht gespeichert.</numerusform>
        <numerusform> %n Zuordnungen sind noch nicht gespeichert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches found. Nothing is saved yet, and write-back is off for each.</source>
      <translation>
        <numerusform>%n Entsprechung gefunden. Noch ist nichts gespeichert, und Zurückschreiben ist aus.</numerusform>
        <numerusform>%n Entsprechungen gefunden. Noch ist nichts gespeichert, und Zurückschreiben ist für jede aus.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches kept.</source>
      <translation>
        <numerusform>%n Zuordnung behalten.</numerusform>
        <numerusform>%n Zuordnungen behalten.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n messages go with the worker's next look.</source>
      <translation>
        <numerusform>%n Nachricht geht mit dem nächsten Blick des Workers hinaus.</numerusform>
        <numerusform>%n Nachrichten gehen mit dem nächsten Blick des Workers hinaus.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minutes ago</source>
      <translation>
        <numerusform>vor %n Minute</numerusform>
        <numerusform>vor %n Minuten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new records, each with its own {field}</source>
      <translation>
        <numerusform>%n neuer Datensatz mit eigenem {field}</numerusform>
        <numerusform>%n neue Datensätze, jeder mit eigenem {field}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n notices</source>
      <translation>
        <numerusform>%n Meldung</numerusform>
        <numerusform>%n Meldungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects</source>
      <translation>
        <numerusform>%n Objekt</numerusform>
        <numerusform>%n Objekte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts</source>
      <translation>
        <numerusform>%n Teil</numerusform>
        <numerusform>%n Teile</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts cannot be imported; each says why.</source>
      <translation>
        <numerusform>%n Teil kann nicht übernommen werden; er sagt, warum.</numerusform>
        <numerusform>%n Teile können nicht übernommen werden; jeder sagt, warum.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts were imported.</source>
      <translation>
        <numerusform>%n Teil wurde übernommen.</numerusform>
        <numerusform>%n Teile wurden übernommen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts were imported. The workspace of before is among the backups: {file}.</source>
      <translation>
        <numerusform>%n Teil wurde übernommen. Der Arbeitsbereich von vorher liegt bei den Sicherungen: {file}.</numerusform>
        <numerusform>%n Teile wurden übernommen. Der Arbeitsbereich von vorher liegt bei den Sicherungen: {file}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pending edits</source>
      <translation>
        <numerusform>%n ausstehende Änderung</numerusform>
        <numerusform>%n ausstehende Änderungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pending edits are taken back.</source>
      <translation>
        <numerusform>%n ausstehende Änderung ist zurückgenommen.</numerusform>
        <numerusform>%n ausstehende Änderungen sind zurückgenommen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pending edits discarded. Ctrl+Z has them back.</source>
      <translation>
        <numerusform>%n ausstehende Änderung verworfen. Strg+Z holt sie zurück.</numerusform>
        <numerusform>%n ausstehende Änderungen verworfen. Strg+Z holt sie zurück.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n plans that were not sent</source>
      <translation>
        <numerusform>%n Plan, der nicht gesendet wurde</numerusform>
        <numerusform>%n Pläne, die nicht gesendet wurden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n plans wait</source>
      <translation>
        <numerusform>%n Plan wartet</numerusform>
        <numerusform>%n Pläne warten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n plays and schedules</source>
      <translation>
        <numerusform>%n SuccessPlay oder Zeitplan</numerusform>
        <numerusform>%n SuccessPlays und Zeitpläne</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n plays cannot run: they name something that is gone.</source>
      <translation>
        <numerusform>%n SuccessPlay kann nicht laufen: Es nennt etwas, das es nicht mehr gibt.</numerusform>
        <numerusform>%n SuccessPlays können nicht laufen: Sie nennen etwas, das es nicht mehr gibt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n plays name it and could no longer run: {named}.</source>
      <translation>
        <numerusform> %n SuccessPlay nennt es und könnte nicht mehr laufen: {named}.</numerusform>
        <numerusform> %n SuccessPlays nennen es und könnten nicht mehr laufen: {named}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records</source>
      <translation>
        <numerusform>%n Datensatz</numerusform>
        <numerusform>%n Datensätze</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records are changed by {campaign}.</source>
      <translation>
        <numerusform>%n Datensatz wird durch {campaign} geändert.</numerusform>
        <numerusform>%n Datensätze werden durch {campaign} geändert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records fit</source>
      <translation>
        <numerusform>%n Datensatz passt</numerusform>
        <numerusform>%n Datensätze passen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records gone</source>
      <translation>
        <numerusform>%n Datensatz gelöscht</numerusform>
        <numerusform>%n Datensätze gelöscht</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records of this object</source>
      <translation>
        <numerusform>%n Datensatz dieses Objekts</numerusform>
        <numerusform>%n Datensätze dieses Objekts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records of this plan were changed in the CRM since it was checked.</source>
      <translation>
        <numerusform>%n Datensatz dieses Plans wurde seit der Prüfung im CRM geändert.</numerusform>
        <numerusform>%n Datensätze dieses Plans wurden seit der Prüfung im CRM geändert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records read in {seconds}: {added} new, {changed} changed, {gone} gone, {conflicts} in conflict with pending edits.{left_out}</source>
      <translation>
        <numerusform>%n Datensatz in {seconds} gelesen: {added} neu, {changed} geändert, {gone} gelöscht, {conflicts} im Konflikt mit ausstehenden Änderungen.{left_out}</numerusform>
        <numerusform>%n Datensätze in {seconds} gelesen: {added} neu, {changed} geändert, {gone} gelöscht, {conflicts} im Konflikt mit ausstehenden Änderungen.{left_out}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records read, </source>
      <translation>
        <numerusform>%n Datensatz gelesen, </numerusform>
        <numerusform>%n Datensätze gelesen, </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records written to {path}.</source>
      <translation>
        <numerusform>%n Datensatz nach {path} geschrieben.</numerusform>
        <numerusform>%n Datensätze nach {path} geschrieben.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n requests</source>
      <translation>
        <numerusform>%n Anfrage</numerusform>
        <numerusform>%n Anfragen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows</source>
      <translation>
        <numerusform>%n Zeile</numerusform>
        <numerusform>%n Zeilen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are being sent.</source>
      <translation>
        <numerusform>%n Zeile wird gesendet.</numerusform>
        <numerusform>%n Zeilen werden gesendet.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are blocked: the column Why says how to put each right.</source>
      <translation>
        <numerusform>%n Zeile ist blockiert: die Spalte Warum sagt, wie sie zu richten ist.</numerusform>
        <numerusform>%n Zeilen sind blockiert: die Spalte Warum sagt, wie jede zu richten ist.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are in conflict: settle them under Conflicts.</source>
      <translation>
        <numerusform>%n Zeile ist im Konflikt: entscheiden Sie unter Konflikte darüber.</numerusform>
        <numerusform>%n Zeilen sind im Konflikt: entscheiden Sie unter Konflikte darüber.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are not in it any more</source>
      <translation>
        <numerusform>%n Zeile ist nicht mehr darin</numerusform>
        <numerusform>%n Zeilen sind nicht mehr darin</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are {verdict} now</source>
      <translation>
        <numerusform>%n Zeile ist jetzt {verdict}</numerusform>
        <numerusform>%n Zeilen sind jetzt {verdict}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows marked as resolved by hand.</source>
      <translation>
        <numerusform>%n Zeile als von Hand erledigt markiert.</numerusform>
        <numerusform>%n Zeilen als von Hand erledigt markiert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows selected</source>
      <translation>
        <numerusform>%n Zeile ausgewählt</numerusform>
        <numerusform>%n Zeilen ausgewählt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows stand behind this entry</source>
      <translation>
        <numerusform>%n Zeile steht hinter diesem Eintrag</numerusform>
        <numerusform>%n Zeilen stehen hinter diesem Eintrag</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows that were left out are not found again: look for them</source>
      <translation>
        <numerusform>%n Zeile, die weggelassen war, ist nicht wiedergefunden: sehen Sie nach ihr</numerusform>
        <numerusform>%n Zeilen, die weggelassen waren, sind nicht wiedergefunden: sehen Sie nach ihnen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows were looked up, with {calls} calls.</source>
      <translation>
        <numerusform>%n Zeile wurde nachgeschlagen, mit {calls} Aufrufen.</numerusform>
        <numerusform>%n Zeilen wurden nachgeschlagen, mit {calls} Aufrufen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows, for example</source>
      <translation>
        <numerusform>%n Zeile, zum Beispiel</numerusform>
        <numerusform>%n Zeilen, zum Beispiel</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows: {arrived} arrived, of {unknown} nobody knows, {others} did not.</source>
      <translation>
        <numerusform>%n Zeile: {arrived} angekommen, von {unknown} weiß es niemand, {others} nicht.</numerusform>
        <numerusform>%n Zeilen: {arrived} angekommen, von {unknown} weiß es niemand, {others} nicht.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows: {arrived} arrived, {others} did not.</source>
      <translation>
        <numerusform>%n Zeile: {arrived} angekommen, {others} nicht.</numerusform>
        <numerusform>%n Zeilen: {arrived} angekommen, {others} nicht.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n seconds</source>
      <translation>
        <numerusform>%n Sekunde</numerusform>
        <numerusform>%n Sekunden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n segments name it and could no longer be read: {named}.</source>
      <translation>
        <numerusform> %n Segment nennt sie und könnte nicht mehr gelesen werden: {named}.</numerusform>
        <numerusform> %n Segmente nennen sie und könnten nicht mehr gelesen werden: {named}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n segments name something that is not there any more and cannot be counted.</source>
      <translation>
        <numerusform>%n Segment nennt etwas, das es nicht mehr gibt, und kann nicht gezählt werden.</numerusform>
        <numerusform>%n Segmente nennen etwas, das es nicht mehr gibt, und können nicht gezählt werden.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n settings</source>
      <translation>
        <numerusform>%n Einstellung</numerusform>
        <numerusform>%n Einstellungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sources were</source>
      <translation>
        <numerusform>%n Quelle ist</numerusform>
        <numerusform>%n Quellen sind</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks are completed.</source>
      <translation>
        <numerusform>%n Aufgabe ist abgeschlossen.</numerusform>
        <numerusform>%n Aufgaben sind abgeschlossen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks are completed. Not completed: {numbers}. Outcome and notes are kept.</source>
      <translation>
        <numerusform>%n Aufgabe ist abgeschlossen. Nicht abgeschlossen: {numbers}. Ergebnis und Notizen sind gespeichert.</numerusform>
        <numerusform>%n Aufgaben sind abgeschlossen. Nicht abgeschlossen: {numbers}. Ergebnis und Notizen sind gespeichert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks are given to somebody who left.</source>
      <translation>
        <numerusform>%n Aufgabe gehört jemandem, der nicht mehr da ist.</numerusform>
        <numerusform>%n Aufgaben gehören jemandem, der nicht mehr da ist.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks ask for a form that names something that is not there any more.</source>
      <translation>
        <numerusform>%n Aufgabe verlangt ein Formular, das etwas nennt, das es nicht mehr gibt.</numerusform>
        <numerusform>%n Aufgaben verlangen ein Formular, das etwas nennt, das es nicht mehr gibt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks of yours are due</source>
      <translation>
        <numerusform>%n Ihrer Aufgaben ist fällig</numerusform>
        <numerusform>%n Ihrer Aufgaben sind fällig</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n texts cannot be written: their rows would be blocked.</source>
      <translation>
        <numerusform>%n Text kann nicht geschrieben werden: Seine Zeile würde blockiert.</numerusform>
        <numerusform>%n Texte können nicht geschrieben werden: Ihre Zeilen würden blockiert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n that are gone</source>
      <translation>
        <numerusform>%n, die es nicht mehr gibt</numerusform>
        <numerusform>%n, die es nicht mehr gibt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n things</source>
      <translation>
        <numerusform>%n Ding hat</numerusform>
        <numerusform>%n Dinge haben</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n things are not good</source>
      <translation>
        <numerusform>%n Ding ist nicht gut</numerusform>
        <numerusform>%n Dinge sind nicht gut</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tries</source>
      <translation>
        <numerusform>%n Versuch</numerusform>
        <numerusform>%n Versuche</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n unread notices</source>
      <translation>
        <numerusform>%n ungelesene Meldung</numerusform>
        <numerusform>%n ungelesene Meldungen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n uploads are being worked on there</source>
      <translation>
        <numerusform>%n Upload wird dort bearbeitet</numerusform>
        <numerusform>%n Uploads werden dort bearbeitet</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n users</source>
      <translation>
        <numerusform>%n Benutzer</numerusform>
        <numerusform>%n Benutzer</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n users read, {new} new in the directory.</source>
      <translation>
        <numerusform>%n Benutzer gelesen, {new} neu im Verzeichnis.</numerusform>
        <numerusform>%n Benutzer gelesen, {new} neu im Verzeichnis.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values</source>
      <translation>
        <numerusform>%n Wert</numerusform>
        <numerusform>%n Werte</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values already so.</source>
      <translation>
        <numerusform>%n Wert bereits so.</numerusform>
        <numerusform>%n Werte bereits so.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values are taken back; {left} were changed since.</source>
      <translation>
        <numerusform>%n Wert ist zurückgenommen; {left} wurden seither geändert.</numerusform>
        <numerusform>%n Werte sind zurückgenommen; {left} wurden seither geändert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values converted.</source>
      <translation>
        <numerusform>%n Wert umgewandelt.</numerusform>
        <numerusform>%n Werte umgewandelt.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values do not fit: {fields}</source>
      <translation>
        <numerusform>%n Wert passt nicht: {fields}</numerusform>
        <numerusform>%n Werte passen nicht: {fields}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values of this record are written at once, without a review.</source>
      <translation>
        <numerusform>%n Wert dieses Datensatzes wird sofort geschrieben, ohne Prüfung.</numerusform>
        <numerusform>%n Werte dieses Datensatzes werden sofort geschrieben, ohne Prüfung.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values wait as pending edits: their CRM cannot be asked now.</source>
      <translation>
        <numerusform>%n Wert wartet als ausstehende Änderung: sein CRM ist gerade nicht erreichbar.</numerusform>
        <numerusform>%n Werte warten als ausstehende Änderungen: ihr CRM ist gerade nicht erreichbar.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values were edited or sent since and stay as they are.</source>
      <translation>
        <numerusform>%n Wert wurde seitdem bearbeitet oder gesendet und bleibt, wie er ist.</numerusform>
        <numerusform>%n Werte wurden seitdem bearbeitet oder gesendet und bleiben, wie sie sind.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values were refused by a CRM</source>
      <translation>
        <numerusform>%n Wert wurde von einem CRM abgelehnt</numerusform>
        <numerusform>%n Werte wurden von einem CRM abgelehnt</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values were sent or edited since and stay; their job can be undone.</source>
      <translation>
        <numerusform>%n Wert wurde seither gesendet oder bearbeitet und bleibt; sein Job lässt sich rückgängig machen.</numerusform>
        <numerusform>%n Werte wurden seither gesendet oder bearbeitet und bleiben; ihr Job lässt sich rückgängig machen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values would be refused, and nothing would be saved.</source>
      <translation>
        <numerusform>%n Wert würde abgelehnt, und nichts würde gespeichert.</numerusform>
        <numerusform>%n Werte würden abgelehnt, und nichts würde gespeichert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values: no CRM takes {names}. Switch write-back on to send them.</source>
      <translation>
        <numerusform>%n Wert: Kein CRM nimmt {names}. Schalten Sie das Zurückschreiben ein, um ihn zu senden.</numerusform>
        <numerusform>%n Werte: Kein CRM nimmt {names}. Schalten Sie das Zurückschreiben ein, um sie zu senden.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records change: {told}.</source>
      <translation>
        <numerusform>%n Datensatz von {object} ändert sich: {told}.</numerusform>
        <numerusform>%n Datensätze von {object} ändern sich: {told}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records in what was pulled show it</source>
      <translation>
        <numerusform>%n Datensatz von {object} in den abgerufenen Daten zeigt ihn</numerusform>
        <numerusform>%n Datensätze von {object} in den abgerufenen Daten zeigen ihn</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records in what was pulled show them</source>
      <translation>
        <numerusform>%n Datensatz von {object} in den abgerufenen Daten zeigt sie</numerusform>
        <numerusform>%n Datensätze von {object} in den abgerufenen Daten zeigen sie</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records show it</source>
      <translation>
        <numerusform>%n Datensatz von {object} zeigt ihn</numerusform>
        <numerusform>%n Datensätze von {object} zeigen ihn</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records show them</source>
      <translation>
        <numerusform>%n Datensatz von {object} zeigt sie</numerusform>
        <numerusform>%n Datensätze von {object} zeigen sie</numerusform>
      </translation>
    </message>
    <message>
      <source>(blank text)</source>
      <translation>(leerer Text)</translation>
    </message>
    <message>
      <source>(clear)</source>
      <translation>(leeren)</translation>
    </message>
    <message>
      <source>(cleared)</source>
      <translation>(geleert)</translation>
    </message>
    <message>
      <source>(could not be read)</source>
      <translation>(nicht lesbar)</translation>
    </message>
    <message>
      <source>(not mapped)</source>
      <translation>(nicht zugeordnet)</translation>
    </message>
    <message>
      <source>(not noted)</source>
      <translation>(nicht vermerkt)</translation>
    </message>
    <message>
      <source>(not set)</source>
      <translation>(nicht gesetzt)</translation>
    </message>
    <message>
      <source>(ours stays)</source>
      <translation>(unserer bleibt)</translation>
    </message>
    <message>
      <source>(taken away)</source>
      <translation>(entfernt)</translation>
    </message>
    <message>
      <source>(Writeback itself)</source>
      <translation>(Writeback selbst)</translation>
    </message>
    <message>
      <source>, inactive</source>
      <translation>, inaktiv</translation>
    </message>
    <message>
      <source>1 person in a role is</source>
      <translation>1 Person in einer Rolle ist</translation>
    </message>
    <message>
      <source>1 to 5000.</source>
      <translation>1 bis 5000.</translation>
    </message>
    <message>
      <source>2026-03; 2026-09 enforces the account's own write rules; v3 for accounts that lack dated versions.</source>
      <translation>2026-03; 2026-09 erzwingt die eigenen Schreibregeln des Kontos; v3 für Konten ohne datierte Versionen.</translation>
    </message>
    <message>
      <source>403 after sign-in: the user has no security role in this environment. An administrator of Power Platform gives one.</source>
      <translation>403 nach der Anmeldung: der Benutzer hat in dieser Umgebung keine Sicherheitsrolle. Ein Administrator der Power Platform gibt eine.</translation>
    </message>
    <message>
      <source>403 after sign-in: there is no application user in this environment, or it has no security role.</source>
      <translation>403 nach der Anmeldung: in dieser Umgebung gibt es keinen Anwendungsbenutzer, oder er hat keine Sicherheitsrolle.</translation>
    </message>
    <message>
      <source>59.0 to 68.0.</source>
      <translation>59.0 bis 68.0.</translation>
    </message>
    <message>
      <source>A blackout holds it until {time}.</source>
      <translation>Eine Sperrzeit hält ihn bis {time} zurück.</translation>
    </message>
    <message>
      <source>A blank cell of a file</source>
      <translation>Eine leere Zelle einer Datei</translation>
    </message>
    <message>
      <source>A code from Zoho is valid for three minutes and works once; a slow sign-in has to be begun again.</source>
      <translation>Ein Code von Zoho gilt drei Minuten und nur einmal; eine langsame Anmeldung muss neu begonnen werden.</translation>
    </message>
    <message>
      <source>A column that clears everything, from</source>
      <translation>Eine Spalte, die alles leert, ab</translation>
    </message>
    <message>
      <source>A Conditional Access rule may forbid sign-in by a code; then use the browser.</source>
      <translation>Eine Regel für bedingten Zugriff kann die Anmeldung mit einem Code verbieten; dann verwenden Sie den Browser.</translation>
    </message>
    <message>
      <source>A connection</source>
      <translation>Eine Verbindung</translation>
    </message>
    <message>
      <source>A connection is a sign-in to one org. Reading it changes nothing there.</source>
      <translation>Eine Verbindung ist eine Anmeldung bei einer Org. Lesen ändert dort nichts.</translation>
    </message>
    <message>
      <source>A connection used more of its daily calls than the share below.</source>
      <translation>Eine Verbindung hat mehr ihrer Aufrufe des Tages verbraucht, als der Anteil unten sagt.</translation>
    </message>
    <message>
      <source>A connection's sign-in has ended.</source>
      <translation>Die Anmeldung einer Verbindung ist abgelaufen.</translation>
    </message>
    <message>
      <source>A copy every day</source>
      <translation>Jeden Tag eine Kopie</translation>
    </message>
    <message>
      <source>A CRM's fields or objects changed under mappings or jobs.</source>
      <translation>Felder oder Objekte eines CRM haben sich unter Zuordnungen oder Jobs geändert.</translation>
    </message>
    <message>
      <source>A CSV or XLSX file with one record a row, or drop one anywhere in this window. You see what would change before anything is sent.</source>
      <translation>Eine CSV- oder XLSX-Datei mit einem Datensatz je Zeile, oder lassen Sie eine irgendwo in dieses Fenster fallen. Sie sehen, was sich ändern würde, bevor etwas gesendet wird.</translation>
    </message>
    <message>
      <source>A file is written into a CRM: connect one first.</source>
      <translation>Eine Datei wird in ein CRM geschrieben: verbinden Sie zuerst eines.</translation>
    </message>
    <message>
      <source>A file that holds an access token, which lives an hour. Its path is kept, its content never.</source>
      <translation>Eine Datei mit einem Zugriffstoken, das eine Stunde lebt. Ihr Pfad wird gespeichert, ihr Inhalt nie.</translation>
    </message>
    <message>
      <source>A file that holds an access token. Its path is kept, its content never.</source>
      <translation>Eine Datei mit einem Zugriffstoken. Ihr Pfad wird gespeichert, ihr Inhalt nie.</translation>
    </message>
    <message>
      <source>A form asks for some attributes of a record, in an order of yours, with your words.</source>
      <translation>Ein Formular fragt nach einigen Attributen eines Datensatzes, in Ihrer Reihenfolge und mit Ihren Worten.</translation>
    </message>
    <message>
      <source>A form is called {name} already; nothing was copied.</source>
      <translation>Ein Formular heißt schon {name}; nichts wurde kopiert.</translation>
    </message>
    <message>
      <source>A job ended with no row confirmed written, or was stopped.</source>
      <translation>Ein Job endete ohne eine bestätigt geschriebene Zeile oder wurde angehalten.</translation>
    </message>
    <message>
      <source>A job ended, and some of its rows were not written.</source>
      <translation>Ein Job ist zu Ende, und einige seiner Zeilen wurden nicht geschrieben.</translation>
    </message>
    <message>
      <source>A job failed</source>
      <translation>Ein Job ist fehlgeschlagen</translation>
    </message>
    <message>
      <source>A job is still writing {values} of it. Wait until it is done.</source>
      <translation>Ein Job schreibt noch {values} davon. Warten Sie, bis er fertig ist.</translation>
    </message>
    <message>
      <source>A job needs you</source>
      <translation>Ein Job braucht Sie</translation>
    </message>
    <message>
      <source>A JSON file with client_id, client_secret, refresh_token and accounts_url (https://accounts.zoho.eu). Its path is kept, its content never.</source>
      <translation>Eine JSON-Datei mit client_id, client_secret, refresh_token und accounts_url (https://accounts.zoho.eu). Ihr Pfad wird gespeichert, ihr Inhalt nie.</translation>
    </message>
    <message>
      <source>A JSON file with client_id, username and private_key (PEM) of an app with an uploaded certificate, or client_id and refresh_token. Its path is kept, its content never.</source>
      <translation>Eine JSON-Datei mit client_id, username und private_key (PEM) einer App mit hochgeladenem Zertifikat, oder mit client_id und refresh_token. Ihr Pfad wird gespeichert, ihr Inhalt nie.</translation>
    </message>
    <message>
      <source>A key that types something is no act: hold Ctrl or Alt with it.</source>
      <translation>Eine Taste, die etwas tippt, ist keine Handlung: halten Sie Strg oder Alt dazu.</translation>
    </message>
    <message>
      <source>A key that you make in your own account and paste here once. A private-app token that you have already works too.</source>
      <translation>Ein Schlüssel, den Sie in Ihrem eigenen Konto erstellen und hier einmal einfügen. Ein schon vorhandenes Token einer Private App geht ebenso.</translation>
    </message>
    <message>
      <source>A line has to be changed first.</source>
      <translation>Eine Zeile muss zuerst geändert werden.</translation>
    </message>
    <message>
      <source>A message could not be taken off this machine.</source>
      <translation>Eine Nachricht konnte diesen Rechner nicht verlassen.</translation>
    </message>
    <message>
      <source>A missing scope shows as MISSING_SCOPES for that object only; add it to the key.</source>
      <translation>Ein fehlender Scope zeigt sich als MISSING_SCOPES nur für dieses Objekt; fügen Sie ihn dem Schlüssel hinzu.</translation>
    </message>
    <message>
      <source>a number</source>
      <translation>eine Zahl</translation>
    </message>
    <message>
      <source>A plan above a limit is refused until somebody overrides the guard by its name. Off: not guarded.</source>
      <translation>Ein Plan über einer Grenze wird abgelehnt, bis jemand die Schutzgrenze mit ihrem Namen übergeht. Aus: nicht geschützt.</translation>
    </message>
    <message numerus="yes">
      <source>A plan of %n rows waits. Nothing of it was sent.</source>
      <translation>
        <numerusform>Ein Plan mit %n Zeile wartet. Nichts davon wurde gesendet.</numerusform>
        <numerusform>Ein Plan mit %n Zeilen wartet. Nichts davon wurde gesendet.</numerusform>
      </translation>
    </message>
    <message>
      <source>A play changes attributes when a record comes into a segment, leaves it, or is due.</source>
      <translation>Ein SuccessPlay ändert Attribute, wenn ein Datensatz in ein Segment kommt, es verlässt oder fällig ist.</translation>
    </message>
    <message>
      <source>A play is called {name} already; nothing was copied.</source>
      <translation>Ein SuccessPlay heißt schon {name}; nichts wurde kopiert.</translation>
    </message>
    <message>
      <source>A plugin brings a connector to one CRM. Those of Writeback itself come with it.</source>
      <translation>Ein Plugin bringt einen Konnektor zu einem CRM. Die von Writeback selbst kommen mit.</translation>
    </message>
    <message>
      <source>A plugin is Python code that runs with your rights; Writeback cannot confine it.</source>
      <translation>Ein Plugin ist Python-Code, der mit Ihren Rechten läuft; Writeback kann ihn nicht einsperren.</translation>
    </message>
    <message>
      <source>A pull is running.</source>
      <translation>Ein Abruf läuft.</translation>
    </message>
    <message>
      <source>a record</source>
      <translation>ein Datensatz</translation>
    </message>
    <message>
      <source>a record comes into a segment</source>
      <translation>ein Datensatz in ein Segment kommt</translation>
    </message>
    <message>
      <source>a record leaves a segment</source>
      <translation>ein Datensatz ein Segment verlässt</translation>
    </message>
    <message>
      <source>A role says who looks after an account, such as its Success Manager: one team member, written to each CRM as its own user. It is made from a mapped owner or user field.</source>
      <translation>Eine Rolle sagt, wer sich um einen Account kümmert, etwa sein Success Manager: ein Teammitglied, das in jedem CRM als dessen eigener Benutzer geschrieben wird. Sie entsteht aus einem zugeordneten Eigentümer- oder Benutzerfeld.</translation>
    </message>
    <message>
      <source>A run is held, a loop was stopped, or a play cannot run.</source>
      <translation>Ein Lauf wird aufgehalten, eine Schleife wurde beendet, oder ein SuccessPlay kann nicht laufen.</translation>
    </message>
    <message>
      <source>A running `writeback simulator serve`: its address and its token file. Only addresses on this computer are taken.</source>
      <translation>Ein laufender `writeback simulator serve`: seine Adresse und seine Tokendatei. Nur Adressen auf diesem Computer werden angenommen.</translation>
    </message>
    <message>
      <source>A sandbox signs in at test, production and Developer orgs at production. With a My Domain that forbids both hosts, choose your org's own address.</source>
      <translation>Eine Sandbox meldet sich bei test an, Produktions- und Developer-Orgs bei production. Bei einem My Domain, das beide Hosts verbietet, wählen Sie die eigene Adresse Ihrer Org.</translation>
    </message>
    <message>
      <source>A saved segment, or a condition</source>
      <translation>Ein gespeichertes Segment oder eine Bedingung</translation>
    </message>
    <message>
      <source>A scheduled pull failed</source>
      <translation>Ein geplanter Abruf ist fehlgeschlagen</translation>
    </message>
    <message>
      <source>A segment is a condition: which records it means is found anew each time it is used.</source>
      <translation>Ein Segment ist eine Bedingung: welche Datensätze sie meint, wird bei jeder Verwendung neu ermittelt.</translation>
    </message>
    <message>
      <source>A segment is called {name} already. Nothing was kept.</source>
      <translation>Ein Segment heißt schon {name}. Nichts wurde gespeichert.</translation>
    </message>
    <message>
      <source>A single edit of a record is sent as soon as it is saved.</source>
      <translation>Eine einzelne Änderung eines Datensatzes wird gesendet, sobald sie gespeichert ist.</translation>
    </message>
    <message>
      <source>A SuccessPlay</source>
      <translation>Ein SuccessPlay</translation>
    </message>
    <message>
      <source>A SuccessPlay needs you</source>
      <translation>Ein SuccessPlay braucht Sie</translation>
    </message>
    <message>
      <source>A task says what somebody has to do about a record, and which form it asks for.</source>
      <translation>Eine Aufgabe sagt, was jemand zu einem Datensatz zu tun hat und welches Formular sie verlangt.</translation>
    </message>
    <message>
      <source>A test message is being sent.</source>
      <translation>Eine Testnachricht wird gesendet.</translation>
    </message>
    <message>
      <source>A text that names no record</source>
      <translation>Ein Text, der keinen Datensatz nennt</translation>
    </message>
    <message>
      <source>A third value</source>
      <translation>Ein dritter Wert</translation>
    </message>
    <message>
      <source>A trial was sent; what it left was dropped after a while: plan it again.</source>
      <translation>Ein Probelauf wurde gesendet; was er übrig ließ, wurde nach einer Weile verworfen: planen Sie es erneut.</translation>
    </message>
    <message>
      <source>A value written again over the same other</source>
      <translation>Ein Wert erneut über denselben anderen geschrieben</translation>
    </message>
    <message>
      <source>A view keeps columns, their widths and order, the sorting and the filter.</source>
      <translation>Eine Ansicht merkt sich Spalten, deren Breite und Reihenfolge, die Sortierung und den Filter.</translation>
    </message>
    <message>
      <source>A workspace file from this computer: its records, pending edits and jobs.</source>
      <translation>Eine Arbeitsbereichsdatei von diesem Computer: ihre Datensätze, ausstehenden Änderungen und Jobs.</translation>
    </message>
    <message>
      <source>AADSTS65001 or a page that asks for an administrator: consent is missing.</source>
      <translation>AADSTS65001 oder eine Seite, die nach einem Administrator fragt: die Einwilligung fehlt.</translation>
    </message>
    <message>
      <source>AADSTS7000215: the id of the secret was pasted instead of its value.</source>
      <translation>AADSTS7000215: statt des Werts des Geheimnisses wurde seine Id eingefügt.</translation>
    </message>
    <message>
      <source>AADSTS7000218 asks for a client secret: the redirect was registered as Web. Move it to Mobile and desktop applications.</source>
      <translation>AADSTS7000218 fragt nach einem Client-Geheimnis: die Weiterleitung wurde als Web registriert. Verschieben Sie sie zu Mobile and desktop applications.</translation>
    </message>
    <message>
      <source>AADSTS7000218: public client flows are off in the app registration.</source>
      <translation>AADSTS7000218: öffentliche Client-Abläufe sind in der App-Registrierung aus.</translation>
    </message>
    <message>
      <source>Abilities</source>
      <translation>Fähigkeiten</translation>
    </message>
    <message>
      <source>About</source>
      <translation>Betrifft</translation>
    </message>
    <message numerus="yes">
      <source>about %n API calls in {requests}</source>
      <translation>
        <numerusform>etwa %n API-Aufruf in {requests}</numerusform>
        <numerusform>etwa %n API-Aufrufe in {requests}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n API calls.</source>
      <translation>
        <numerusform>etwa %n API-Aufruf.</numerusform>
        <numerusform>etwa %n API-Aufrufe.</numerusform>
      </translation>
    </message>
    <message>
      <source>About Writeback</source>
      <translation>Über Writeback</translation>
    </message>
    <message>
      <source>About Writeback…</source>
      <translation>Über Writeback…</translation>
    </message>
    <message>
      <source>About {record}</source>
      <translation>Betrifft {record}</translation>
    </message>
    <message>
      <source>about {span}</source>
      <translation>etwa {span}</translation>
    </message>
    <message>
      <source>Accept</source>
      <translation>Annehmen</translation>
    </message>
    <message numerus="yes">
      <source>Accept %n matches</source>
      <translation>
        <numerusform>%n Zuordnung annehmen</numerusform>
        <numerusform>%n Zuordnungen annehmen</numerusform>
      </translation>
    </message>
    <message>
      <source>accept matches</source>
      <translation>Zuordnungen annehmen</translation>
    </message>
    <message>
      <source>Accept the change</source>
      <translation>Die Änderung übernehmen</translation>
    </message>
    <message>
      <source>Accept the harmless ones</source>
      <translation>Die harmlosen übernehmen</translation>
    </message>
    <message>
      <source>Accepted</source>
      <translation>Übernommen</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>Account</translation>
    </message>
    <message>
      <source>Account assignment</source>
      <translation>Account-Zuständigkeit</translation>
    </message>
    <message>
      <source>account profile</source>
      <translation>Account-Profil</translation>
    </message>
    <message>
      <source>Accounts</source>
      <translation>Accounts</translation>
    </message>
    <message>
      <source>accounts</source>
      <translation>Accounts</translation>
    </message>
    <message>
      <source>Act</source>
      <translation>Handlung</translation>
    </message>
    <message>
      <source>Act for another user</source>
      <translation>Für einen anderen Benutzer handeln</translation>
    </message>
    <message>
      <source>Active</source>
      <translation>Aktiv</translation>
    </message>
    <message>
      <source>Acts for</source>
      <translation>Handelt für</translation>
    </message>
    <message>
      <source>Add</source>
      <translation>Hinzuzählen</translation>
    </message>
    <message>
      <source>Add a blackout</source>
      <translation>Sperrzeit hinzufügen</translation>
    </message>
    <message>
      <source>Add a line</source>
      <translation>Zeile hinzufügen</translation>
    </message>
    <message>
      <source>Add a role</source>
      <translation>Rolle hinzufügen</translation>
    </message>
    <message>
      <source>Add a role first.</source>
      <translation>Fügen Sie zuerst eine Rolle hinzu.</translation>
    </message>
    <message>
      <source>Add a role…</source>
      <translation>Rolle hinzufügen…</translation>
    </message>
    <message>
      <source>Add a step first.</source>
      <translation>Fügen Sie zuerst einen Schritt hinzu.</translation>
    </message>
    <message>
      <source>Add a task</source>
      <translation>Aufgabe hinzufügen</translation>
    </message>
    <message>
      <source>Add a task about {record}</source>
      <translation>Aufgabe zu {record} hinzufügen</translation>
    </message>
    <message>
      <source>Add a task…</source>
      <translation>Aufgabe hinzufügen…</translation>
    </message>
    <message>
      <source>Add a value of the CRM</source>
      <translation>Wert des CRM hinzufügen</translation>
    </message>
    <message>
      <source>add a value of the CRM</source>
      <translation>Wert des CRM hinzufügen</translation>
    </message>
    <message>
      <source>Add an attribute</source>
      <translation>Attribut hinzufügen</translation>
    </message>
    <message>
      <source>Add an attribute first.</source>
      <translation>Fügen Sie zuerst ein Attribut hinzu.</translation>
    </message>
    <message>
      <source>Add an object</source>
      <translation>Objekt hinzufügen</translation>
    </message>
    <message>
      <source>Add an object first.</source>
      <translation>Fügen Sie zuerst ein Objekt hinzu.</translation>
    </message>
    <message>
      <source>Add attribute</source>
      <translation>Attribut hinzufügen</translation>
    </message>
    <message>
      <source>Add attribute…</source>
      <translation>Attribut hinzufügen…</translation>
    </message>
    <message>
      <source>Add object</source>
      <translation>Objekt hinzufügen</translation>
    </message>
    <message>
      <source>Add object…</source>
      <translation>Objekt hinzufügen…</translation>
    </message>
    <message>
      <source>Add options</source>
      <translation>Optionen hinzufügen</translation>
    </message>
    <message>
      <source>Add percent</source>
      <translation>Prozent hinzuzählen</translation>
    </message>
    <message>
      <source>Add section</source>
      <translation>Abschnitt hinzufügen</translation>
    </message>
    <message>
      <source>Add step</source>
      <translation>Schritt hinzufügen</translation>
    </message>
    <message>
      <source>Add task</source>
      <translation>Hinzufügen</translation>
    </message>
    <message>
      <source>Add to a list</source>
      <translation>Zu einer Liste hinzufügen</translation>
    </message>
    <message>
      <source>add-ons</source>
      <translation>Erweiterungen</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Address of the API</source>
      <translation>Adresse der API</translation>
    </message>
    <message>
      <source>Address of the environment</source>
      <translation>Adresse der Umgebung</translation>
    </message>
    <message>
      <source>Address of the org</source>
      <translation>Adresse der Org</translation>
    </message>
    <message>
      <source>administer</source>
      <translation>verwalten</translation>
    </message>
    <message>
      <source>Advanced user</source>
      <translation>Fortgeschritten</translation>
    </message>
    <message>
      <source>agreed to when it is switched on</source>
      <translation>zugestimmt wird beim Einschalten</translation>
    </message>
    <message>
      <source>All</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>All attributes</source>
      <translation>Alle Attribute</translation>
    </message>
    <message>
      <source>All backups were checked.</source>
      <translation>Alle Sicherungen wurden geprüft.</translation>
    </message>
    <message>
      <source>All connections</source>
      <translation>Alle Verbindungen</translation>
    </message>
    <message>
      <source>All CRMs</source>
      <translation>Alle CRMs</translation>
    </message>
    <message>
      <source>all day</source>
      <translation>ganztägig</translation>
    </message>
    <message>
      <source>All fields</source>
      <translation>Alle Felder</translation>
    </message>
    <message>
      <source>All files</source>
      <translation>Alle Dateien</translation>
    </message>
    <message>
      <source>All kinds</source>
      <translation>Alle Arten</translation>
    </message>
    <message>
      <source>All open</source>
      <translation>Alle offenen</translation>
    </message>
    <message>
      <source>all records</source>
      <translation>alle Datensätze</translation>
    </message>
    <message>
      <source>all records, or a condition in the CRM's own language</source>
      <translation>alle, oder eine Bedingung in CRM-Sprache</translation>
    </message>
    <message>
      <source>All rows that match</source>
      <translation>Alle passenden Zeilen</translation>
    </message>
    <message>
      <source>All rows that match · {excluded} excluded</source>
      <translation>Alle passenden Zeilen · {excluded} ausgenommen</translation>
    </message>
    <message>
      <source>All rows that say so mean the record you choose, in this plan and in later ones. It can be forgotten under Account assignment.</source>
      <translation>Alle Zeilen, die das sagen, meinen den Datensatz, den Sie wählen, in diesem Plan und in späteren. Unter Account-Zuständigkeit kann es vergessen werden.</translation>
    </message>
    <message>
      <source>All rules</source>
      <translation>Alle Regeln</translation>
    </message>
    <message>
      <source>All segments</source>
      <translation>Alle Segmente</translation>
    </message>
    <message>
      <source>All settings of yours as we ship them. The workspace's guards and retention stay.</source>
      <translation>Alle Ihre Einstellungen, wie sie mitgeliefert werden. Schutzgrenzen und Aufbewahrung des Arbeitsbereichs bleiben.</translation>
    </message>
    <message>
      <source>All states</source>
      <translation>Alle Zustände</translation>
    </message>
    <message>
      <source>All tasks</source>
      <translation>Alle Aufgaben</translation>
    </message>
    <message>
      <source>All that take its values</source>
      <translation>An alle, die seine Werte nehmen</translation>
    </message>
    <message>
      <source>All to the first one</source>
      <translation>Alle an die erste Person</translation>
    </message>
    <message>
      <source>All {rows} rows that match are selected</source>
      <translation>Alle {rows} passenden Zeilen sind ausgewählt</translation>
    </message>
    <message>
      <source>all: as if somebody edited in Zoho. none. Or some of approval, workflow, blueprint, pathfinder, orchestration, with commas. An upload is not steered by it.</source>
      <translation>all: wie wenn jemand in Zoho bearbeitet. none: keine. Oder einige von approval, workflow, blueprint, pathfinder, orchestration, mit Kommas. Ein Upload wird davon nicht gesteuert.</translation>
    </message>
    <message>
      <source>Allow</source>
      <translation>Erlauben</translation>
    </message>
    <message>
      <source>Allow exactly these files</source>
      <translation>Genau diese Dateien erlauben</translation>
    </message>
    <message>
      <source>Allow this hash…</source>
      <translation>Diesen Hash erlauben…</translation>
    </message>
    <message>
      <source>Allowed by you</source>
      <translation>Von Ihnen erlaubt</translation>
    </message>
    <message numerus="yes">
      <source>Already imported on {at}. Only what is new is taken: %n answers.</source>
      <translation>
        <numerusform>Bereits importiert: {at}. Nur was neu ist, wird übernommen: %n Antwort.</numerusform>
        <numerusform>Bereits importiert: {at}. Nur was neu ist, wird übernommen: %n Antworten.</numerusform>
      </translation>
    </message>
    <message>
      <source>Already so</source>
      <translation>Bereits so</translation>
    </message>
    <message>
      <source>already so</source>
      <translation>bereits so</translation>
    </message>
    <message>
      <source>Already so: nothing to change.</source>
      <translation>Bereits so: nichts zu ändern.</translation>
    </message>
    <message>
      <source>Already so: {names}.</source>
      <translation>Schon so: {names}.</translation>
    </message>
    <message>
      <source>also wrote to {names}</source>
      <translation>schrieb auch in {names}</translation>
    </message>
    <message>
      <source>Alt+Up and Alt+Down move a line</source>
      <translation>Alt+Oben und Alt+Unten bewegen eine Zeile</translation>
    </message>
    <message>
      <source>always</source>
      <translation>immer</translation>
    </message>
    <message>
      <source>always the same</source>
      <translation>immer dieselbe Person</translation>
    </message>
    <message>
      <source>Amber</source>
      <translation>Bernstein</translation>
    </message>
    <message>
      <source>Ambiguous</source>
      <translation>Mehrdeutig</translation>
    </message>
    <message>
      <source>ambiguous</source>
      <translation>mehrdeutig</translation>
    </message>
    <message>
      <source>Ambiguous or not decided</source>
      <translation>Mehrdeutig oder nicht entschieden</translation>
    </message>
    <message numerus="yes">
      <source>ambiguous: %n users</source>
      <translation>
        <numerusform>mehrdeutig: %n Benutzer</numerusform>
        <numerusform>mehrdeutig: %n Benutzer</numerusform>
      </translation>
    </message>
    <message>
      <source>Ambiguous: {users} of {connection} could be {name}.</source>
      <translation>Mehrdeutig: {users} von {connection} können {name} sein.</translation>
    </message>
    <message>
      <source>an account that was not pulled</source>
      <translation>ein Account, der nicht abgerufen wurde</translation>
    </message>
    <message>
      <source>An action, a screen, an account, a job's number</source>
      <translation>Eine Aktion, eine Ansicht, ein Account, die Nummer eines Jobs</translation>
    </message>
    <message>
      <source>An attribute is chosen without a column: it would be cleared.</source>
      <translation>Ein Attribut ist ohne Spalte gewählt: es würde geleert.</translation>
    </message>
    <message>
      <source>An id is looked for among ids.</source>
      <translation>Eine Id wird unter Ids gesucht.</translation>
    </message>
    <message>
      <source>An import is open below.</source>
      <translation>Unten ist ein Import offen.</translation>
    </message>
    <message>
      <source> and </source>
      <translation> und </translation>
    </message>
    <message numerus="yes">
      <source>and %n earlier answers</source>
      <translation>
        <numerusform>und %n frühere Antwort</numerusform>
        <numerusform>und %n frühere Antworten</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> and %n more</source>
      <translation>
        <numerusform> und %n weiteres</numerusform>
        <numerusform> und %n weitere</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>und %n weitere</numerusform>
        <numerusform>und %n weitere</numerusform>
      </translation>
    </message>
    <message>
      <source>And also by</source>
      <translation>Und außerdem über</translation>
    </message>
    <message>
      <source>and becomes</source>
      <translation>und wird zu</translation>
    </message>
    <message>
      <source> and for everybody in {connection}</source>
      <translation> und für alle in {connection}</translation>
    </message>
    <message>
      <source>and {number} more</source>
      <translation>und {number} weitere</translation>
    </message>
    <message>
      <source>and {people} more</source>
      <translation>und {people} weitere</translation>
    </message>
    <message>
      <source>animation accessibility</source>
      <translation>Animation Barrierefreiheit</translation>
    </message>
    <message>
      <source>Another attribute</source>
      <translation>Weiteres Attribut</translation>
    </message>
    <message>
      <source>Another form has this name: choose a different one.</source>
      <translation>Ein anderes Formular heißt so: wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>Another play has this name: choose a different one.</source>
      <translation>Ein anderes SuccessPlay hat diesen Namen: Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>Another type for {attribute}</source>
      <translation>Ein anderer Typ für {attribute}</translation>
    </message>
    <message>
      <source>Answer</source>
      <translation>Antwort</translation>
    </message>
    <message>
      <source>Answer address</source>
      <translation>Antwortadresse</translation>
    </message>
    <message>
      <source>Answers</source>
      <translation>Antworten</translation>
    </message>
    <message>
      <source>answers</source>
      <translation>Antworten</translation>
    </message>
    <message>
      <source>Answers by side</source>
      <translation>Antworten nach Seite</translation>
    </message>
    <message>
      <source>Answers of CRMs</source>
      <translation>Antworten von CRMs</translation>
    </message>
    <message>
      <source>Answers to NPS and CSAT surveys as values of records; the newest of each counts.</source>
      <translation>Antworten auf NPS- und CSAT-Umfragen als Werte von Datensätzen; die neueste zählt.</translation>
    </message>
    <message>
      <source>any text contains {words}</source>
      <translation>irgendein Text enthält {words}</translation>
    </message>
    <message>
      <source>Any time</source>
      <translation>Jederzeit</translation>
    </message>
    <message>
      <source>API address of your data centre</source>
      <translation>API-Adresse Ihres Rechenzentrums</translation>
    </message>
    <message>
      <source>API calls</source>
      <translation>API-Aufrufe</translation>
    </message>
    <message>
      <source>api calls limit</source>
      <translation>API Aufrufe Grenze Limit</translation>
    </message>
    <message>
      <source>API calls today {share} %</source>
      <translation>API-Aufrufe heute {share} %</translation>
    </message>
    <message>
      <source>API credits in 24 hours</source>
      <translation>API-Guthaben in 24 Stunden</translation>
    </message>
    <message>
      <source>API name</source>
      <translation>API-Name</translation>
    </message>
    <message>
      <source>API permissions, Add, Dynamics CRM, delegated: user_impersonation. Let an administrator grant consent if your tenant asks for it.</source>
      <translation>API permissions, Add, Dynamics CRM, delegated: user_impersonation. Lassen Sie einen Administrator einwilligen, wenn Ihr Mandant danach fragt.</translation>
    </message>
    <message>
      <source>API version</source>
      <translation>API-Version</translation>
    </message>
    <message>
      <source>Appearance</source>
      <translation>Erscheinung</translation>
    </message>
    <message>
      <source>Application (client) id</source>
      <translation>Anwendungs-Id (Client-Id)</translation>
    </message>
    <message>
      <source>Application user (client secret)</source>
      <translation>Anwendungsbenutzer (Client-Geheimnis)</translation>
    </message>
    <message>
      <source>Apply to existing records?</source>
      <translation>Auf vorhandene Datensätze anwenden?</translation>
    </message>
    <message>
      <source>Apply to existing records…</source>
      <translation>Auf vorhandene Datensätze anwenden…</translation>
    </message>
    <message>
      <source>Approval asked for</source>
      <translation>Freigabe erbeten</translation>
    </message>
    <message>
      <source>Approvals</source>
      <translation>Freigaben</translation>
    </message>
    <message>
      <source>approvals</source>
      <translation>Freigaben</translation>
    </message>
    <message>
      <source>approve</source>
      <translation>freigeben</translation>
    </message>
    <message>
      <source>Approve and send</source>
      <translation>Freigeben und senden</translation>
    </message>
    <message>
      <source>Approved</source>
      <translation>Freigegeben</translation>
    </message>
    <message>
      <source>approved</source>
      <translation>freigegeben</translation>
    </message>
    <message>
      <source>Approver</source>
      <translation>Freigebender</translation>
    </message>
    <message>
      <source>Are held back</source>
      <translation>Werden zurückgehalten</translation>
    </message>
    <message>
      <source>are sent at once</source>
      <translation>werden sofort gesendet</translation>
    </message>
    <message>
      <source>are sent, through plan and guards</source>
      <translation>werden gesendet, durch Plan und Schutzgrenzen</translation>
    </message>
    <message>
      <source>Are taken as they are</source>
      <translation>Werden übernommen, wie sie sind</translation>
    </message>
    <message>
      <source>Arrived</source>
      <translation>Angekommen</translation>
    </message>
    <message>
      <source>as in the whole file</source>
      <translation>wie in der ganzen Datei</translation>
    </message>
    <message>
      <source>As it is kept</source>
      <translation>Wie es gespeichert wird</translation>
    </message>
    <message>
      <source>as it was left</source>
      <translation>wie zuletzt gewählt</translation>
    </message>
    <message>
      <source>as its cells tell</source>
      <translation>wie die Zellen es zeigen</translation>
    </message>
    <message>
      <source>as mapped</source>
      <translation>wie zugeordnet</translation>
    </message>
    <message>
      <source>As text</source>
      <translation>Als Text</translation>
    </message>
    <message>
      <source>As the browser shows it when you use Dynamics.</source>
      <translation>Wie der Browser sie zeigt, wenn Sie Dynamics verwenden.</translation>
    </message>
    <message>
      <source>As the CRM gives it</source>
      <translation>Wie das CRM es gibt</translation>
    </message>
    <message>
      <source>as the CRM has it</source>
      <translation>wie das CRM es hat</translation>
    </message>
    <message>
      <source>As the CRM reads it</source>
      <translation>Wie das CRM es liest</translation>
    </message>
    <message>
      <source>As the CRM sends it</source>
      <translation>Wie das CRM es sendet</translation>
    </message>
    <message>
      <source>as the days themselves say</source>
      <translation>wie es aus den Tagen selbst hervorgeht</translation>
    </message>
    <message>
      <source>as the environment</source>
      <translation>wie die Umgebung</translation>
    </message>
    <message>
      <source>As the workspace</source>
      <translation>Wie der Arbeitsbereich</translation>
    </message>
    <message>
      <source>as written</source>
      <translation>wie geschrieben</translation>
    </message>
    <message>
      <source>Ask</source>
      <translation>Fragen</translation>
    </message>
    <message>
      <source>Ask again</source>
      <translation>Wieder fragen</translation>
    </message>
    <message>
      <source>Ask again: {question}</source>
      <translation>Wieder fragen: {question}</translation>
    </message>
    <message>
      <source>Ask everything again</source>
      <translation>Alles wieder fragen</translation>
    </message>
    <message>
      <source>Ask for a form</source>
      <translation>Nach einem Formular fragen</translation>
    </message>
    <message>
      <source>Ask me</source>
      <translation>Mich fragen</translation>
    </message>
    <message>
      <source>asked for</source>
      <translation>verlangt</translation>
    </message>
    <message>
      <source>Asked for by: {names}</source>
      <translation>Verlangt von: {names}</translation>
    </message>
    <message>
      <source>asked next at {time}</source>
      <translation>nächste Frage um {time}</translation>
    </message>
    <message>
      <source>Asking what it costs…</source>
      <translation>Die Kosten werden erfragt…</translation>
    </message>
    <message>
      <source>Asks for</source>
      <translation>Fragt nach</translation>
    </message>
    <message>
      <source>asks for {form}</source>
      <translation>fragt nach {form}</translation>
    </message>
    <message>
      <source>assign</source>
      <translation>zuweisen</translation>
    </message>
    <message>
      <source>Assign somebody</source>
      <translation>Jemanden zuweisen</translation>
    </message>
    <message>
      <source>Assignment rules</source>
      <translation>Zuweisungsregeln</translation>
    </message>
    <message>
      <source>assignment widget</source>
      <translation>Zuständigkeit</translation>
    </message>
    <message>
      <source>Assurance</source>
      <translation>Absicherung</translation>
    </message>
    <message>
      <source>at least {used}</source>
      <translation>mindestens {used}</translation>
    </message>
    <message numerus="yes">
      <source>at most %n records</source>
      <translation>
        <numerusform>höchstens %n Datensatz</numerusform>
        <numerusform>höchstens %n Datensätze</numerusform>
      </translation>
    </message>
    <message>
      <source>at most {percent} % of the segment</source>
      <translation>höchstens {percent} % des Segments</translation>
    </message>
    <message>
      <source>At work</source>
      <translation>In Arbeit</translation>
    </message>
    <message>
      <source>At {account}</source>
      <translation>Bei {account}</translation>
    </message>
    <message>
      <source>Attribute</source>
      <translation>Attribut</translation>
    </message>
    <message>
      <source>Attribute added</source>
      <translation>Attribut hinzugefügt</translation>
    </message>
    <message>
      <source>Attribute changed</source>
      <translation>Attribut geändert</translation>
    </message>
    <message>
      <source>Attribute deleted</source>
      <translation>Attribut gelöscht</translation>
    </message>
    <message>
      <source>attribute name</source>
      <translation>Name des Attributs</translation>
    </message>
    <message>
      <source>Attribute that holds it</source>
      <translation>Attribut, das es enthält</translation>
    </message>
    <message>
      <source>Attribute that takes it</source>
      <translation>Attribut, das es aufnimmt</translation>
    </message>
    <message>
      <source>Attribute to ask for</source>
      <translation>Attribut, nach dem gefragt wird</translation>
    </message>
    <message>
      <source>Attribute's type changed</source>
      <translation>Typ eines Attributs geändert</translation>
    </message>
    <message>
      <source>Attribute: {part}</source>
      <translation>Attribut: {part}</translation>
    </message>
    <message>
      <source>Attributes</source>
      <translation>Attribute</translation>
    </message>
    <message>
      <source>attributes</source>
      <translation>Attribute</translation>
    </message>
    <message>
      <source>Attributes come with the fields that are mapped, or are added here.</source>
      <translation>Attribute kommen mit den zugeordneten Feldern oder werden hier hinzugefügt.</translation>
    </message>
    <message>
      <source>Audit</source>
      <translation>Protokoll</translation>
    </message>
    <message>
      <source>Audit entry {entry}</source>
      <translation>Protokolleintrag {entry}</translation>
    </message>
    <message>
      <source>Audit trail</source>
      <translation>Prüfprotokoll</translation>
    </message>
    <message>
      <source>Audit trail of the job</source>
      <translation>Prüfprotokoll des Jobs</translation>
    </message>
    <message>
      <source>Authentication, Add a platform, Mobile and desktop applications: enter the redirect address below. Entra ignores its port.</source>
      <translation>Authentication, Add a platform, Mobile and desktop applications: geben Sie die Weiterleitungsadresse unten ein. Entra beachtet ihren Port nicht.</translation>
    </message>
    <message>
      <source>Authentication, Advanced settings: Allow public client flows, Yes.</source>
      <translation>Authentication, Advanced settings: Allow public client flows, Yes.</translation>
    </message>
    <message>
      <source>Auto-match</source>
      <translation>Automatisch zuordnen</translation>
    </message>
    <message>
      <source>Automation</source>
      <translation>Automatisierung</translation>
    </message>
    <message>
      <source>automation</source>
      <translation>Automatisierung</translation>
    </message>
    <message>
      <source>Automation that edits set off</source>
      <translation>Automatisierung, die Änderungen auslösen</translation>
    </message>
    <message>
      <source>Automation. {switches}.</source>
      <translation>Automatisierung. {switches}.</translation>
    </message>
    <message>
      <source>Automation: this CRM offers no switch; its rules run as for anybody's edit.</source>
      <translation>Automatisierung: dieses CRM bietet keinen Schalter; seine Regeln laufen wie bei jeder anderen Änderung.</translation>
    </message>
    <message>
      <source>Back</source>
      <translation>Zurück</translation>
    </message>
    <message>
      <source>Back to accounts</source>
      <translation>Zurück zu den Accounts</translation>
    </message>
    <message>
      <source>Back to the edits</source>
      <translation>Zurück zu den Änderungen</translation>
    </message>
    <message>
      <source>Back to the job</source>
      <translation>Zurück zum Job</translation>
    </message>
    <message>
      <source>Back to the list of jobs</source>
      <translation>Zurück zur Liste der Jobs</translation>
    </message>
    <message>
      <source>Back up now</source>
      <translation>Jetzt sichern</translation>
    </message>
    <message>
      <source>back up now</source>
      <translation>jetzt sichern</translation>
    </message>
    <message>
      <source>backfill</source>
      <translation>nachfüllen</translation>
    </message>
    <message>
      <source>backup restore verify copy safety</source>
      <translation>Sicherung wiederherstellen prüfen Kopie backup restore verify copy safety</translation>
    </message>
    <message>
      <source>backup safety copy restore</source>
      <translation>Backup Sicherheitskopie wiederherstellen</translation>
    </message>
    <message>
      <source>Backups</source>
      <translation>Sicherungen</translation>
    </message>
    <message>
      <source>backups</source>
      <translation>Sicherungen</translation>
    </message>
    <message>
      <source>Backups…</source>
      <translation>Sicherungen…</translation>
    </message>
    <message>
      <source>Batch</source>
      <translation>Stapel</translation>
    </message>
    <message>
      <source>Batch {no}: {tries}</source>
      <translation>Stapel {no}: {tries}</translation>
    </message>
    <message>
      <source>Batches</source>
      <translation>Stapel</translation>
    </message>
    <message>
      <source>Batches at once</source>
      <translation>Stapel gleichzeitig</translation>
    </message>
    <message>
      <source>Batches without a version check</source>
      <translation>Stapel ohne Versionsprüfung</translation>
    </message>
    <message>
      <source>be new here</source>
      <translation>hier neu sein</translation>
    </message>
    <message>
      <source>Because of</source>
      <translation>Wegen</translation>
    </message>
    <message>
      <source>Becomes</source>
      <translation>Wird zu</translation>
    </message>
    <message>
      <source>Becomes empty in the CRM.</source>
      <translation>Wird im CRM leer.</translation>
    </message>
    <message>
      <source>Before</source>
      <translation>Vorher</translation>
    </message>
    <message>
      <source>before a migration</source>
      <translation>vor einer Umstellung</translation>
    </message>
    <message>
      <source>before an update</source>
      <translation>vor einer Aktualisierung</translation>
    </message>
    <message>
      <source>Before sending</source>
      <translation>Vor dem Senden</translation>
    </message>
    <message>
      <source>Began</source>
      <translation>Begonnen</translation>
    </message>
    <message>
      <source>Begin anew</source>
      <translation>Neu beginnen</translation>
    </message>
    <message>
      <source>Begins with https://; http:// is taken for this computer alone. A redirect is never followed.</source>
      <translation>Beginnt mit https://; http:// gilt nur für diesen Computer. Einer Umleitung wird nie gefolgt.</translation>
    </message>
    <message>
      <source>being sent</source>
      <translation>wird gesendet</translation>
    </message>
    <message>
      <source>being uploaded</source>
      <translation>wird hochgeladen</translation>
    </message>
    <message>
      <source>being verified</source>
      <translation>wird geprüft</translation>
    </message>
    <message>
      <source>bell</source>
      <translation>Glocke</translation>
    </message>
    <message>
      <source>Belongs to</source>
      <translation>Gehört zu</translation>
    </message>
    <message>
      <source>Belongs to {account}</source>
      <translation>Gehört zu {account}</translation>
    </message>
    <message>
      <source>Between these times nothing goes to the tray or off this machine; the list in the window goes on.</source>
      <translation>Zwischen diesen Zeiten geht nichts in den Infobereich oder von diesem Computer weg; die Liste im Fenster läuft weiter.</translation>
    </message>
    <message>
      <source>blackout</source>
      <translation>Sperrzeit</translation>
    </message>
    <message>
      <source>Blackout from</source>
      <translation>Sperrzeit von</translation>
    </message>
    <message>
      <source>Blackout until</source>
      <translation>Sperrzeit bis</translation>
    </message>
    <message>
      <source>Blackouts</source>
      <translation>Sperrzeiten</translation>
    </message>
    <message>
      <source>Blank cells</source>
      <translation>Leere Zellen</translation>
    </message>
    <message>
      <source>Blank cells of the chosen column</source>
      <translation>Leere Zellen der gewählten Spalte</translation>
    </message>
    <message>
      <source>Blank rule</source>
      <translation>Regel für leere Zellen</translation>
    </message>
    <message>
      <source>Blank: they refuse what they refuse. allowSave=true: records they warn about are saved.</source>
      <translation>Leer: sie lehnen ab, was sie ablehnen. allowSave=true: Datensätze, vor denen sie warnen, werden gespeichert.</translation>
    </message>
    <message>
      <source>Blocked</source>
      <translation>Blockiert</translation>
    </message>
    <message>
      <source>blocked</source>
      <translation>blockiert</translation>
    </message>
    <message>
      <source>Blue</source>
      <translation>Blau</translation>
    </message>
    <message>
      <source>Both sides changed these values. Nothing is sent.</source>
      <translation>Beide Seiten haben diese Werte geändert. Nichts wird gesendet.</translation>
    </message>
    <message>
      <source>both ways</source>
      <translation>in beide Richtungen</translation>
    </message>
    <message>
      <source>Brings customer data edited outside the CRM back into the CRM.
Apache-2.0. Not affiliated with Salesforce, HubSpot, Microsoft, Zoho or Totango.</source>
      <translation>Bringt außerhalb des CRM bearbeitete Kundendaten in das CRM zurück.
Apache-2.0. Nicht verbunden mit Salesforce, HubSpot, Microsoft, Zoho oder Totango.</translation>
    </message>
    <message>
      <source>broken at entry {entry}</source>
      <translation>gebrochen bei Eintrag {entry}</translation>
    </message>
    <message>
      <source>Bronze</source>
      <translation>Bronze</translation>
    </message>
    <message>
      <source>Browse…</source>
      <translation>Durchsuchen…</translation>
    </message>
    <message>
      <source>Build…</source>
      <translation>Zusammenstellen…</translation>
    </message>
    <message>
      <source>built in</source>
      <translation>eingebaut</translation>
    </message>
    <message>
      <source>Bulk edit</source>
      <translation>Massenbearbeitung</translation>
    </message>
    <message>
      <source>bulk edit</source>
      <translation>Massenbearbeitung</translation>
    </message>
    <message>
      <source>Bulk edit…</source>
      <translation>Massenbearbeitung…</translation>
    </message>
    <message>
      <source>bulk upload</source>
      <translation>Massen-Upload</translation>
    </message>
    <message>
      <source>Bulk Write-Back</source>
      <translation>Bulk Write-Back</translation>
    </message>
    <message>
      <source>bulk write-back</source>
      <translation>Massenrückschreiben</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>By a file, for machines without a person</source>
      <translation>Mit einer Datei, für Rechner ohne eine Person</translation>
    </message>
    <message>
      <source>by a schedule</source>
      <translation>nach einem Zeitplan</translation>
    </message>
    <message>
      <source>By hand</source>
      <translation>Von Hand</translation>
    </message>
    <message>
      <source>by hand</source>
      <translation>von Hand</translation>
    </message>
    <message>
      <source>By how much</source>
      <translation>Um wie viel</translation>
    </message>
    <message>
      <source>By itself</source>
      <translation>Von selbst</translation>
    </message>
    <message>
      <source>by itself</source>
      <translation>von selbst</translation>
    </message>
    <message>
      <source>By people and plays</source>
      <translation>Von Personen und Plays</translation>
    </message>
    <message>
      <source>by the columns' names</source>
      <translation>nach den Namen der Spalten</translation>
    </message>
    <message>
      <source>By which rule</source>
      <translation>Nach welcher Regel</translation>
    </message>
    <message>
      <source> by {author}</source>
      <translation> von {author}</translation>
    </message>
    <message>
      <source>by {author}</source>
      <translation>von {author}</translation>
    </message>
    <message>
      <source>Byte for byte, formulas included (*.raw.csv)</source>
      <translation>Byte für Byte, Formeln eingeschlossen (*.raw.csv)</translation>
    </message>
    <message>
      <source>Calculate</source>
      <translation>Berechnen</translation>
    </message>
    <message>
      <source>calculated</source>
      <translation>berechnet</translation>
    </message>
    <message>
      <source>Calendar</source>
      <translation>Kalender</translation>
    </message>
    <message>
      <source>Campaign</source>
      <translation>Kampagne</translation>
    </message>
    <message>
      <source>campaign</source>
      <translation>Kampagne</translation>
    </message>
    <message>
      <source>Campaigns</source>
      <translation>Kampagnen</translation>
    </message>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
    <message>
      <source>Cancel job</source>
      <translation>Job abbrechen</translation>
    </message>
    <message>
      <source>Cancel job {job}</source>
      <translation>Job {job} abbrechen</translation>
    </message>
    <message>
      <source>Cancel the import</source>
      <translation>Import abbrechen</translation>
    </message>
    <message>
      <source>Cancel the job</source>
      <translation>Den Job abbrechen</translation>
    </message>
    <message>
      <source>Cancelled</source>
      <translation>Abgebrochen</translation>
    </message>
    <message>
      <source>cancelled</source>
      <translation>abgebrochen</translation>
    </message>
    <message>
      <source>Cancelling</source>
      <translation>Wird abgebrochen</translation>
    </message>
    <message>
      <source>Candidates</source>
      <translation>Kandidaten</translation>
    </message>
    <message>
      <source>candidates</source>
      <translation>Kandidaten</translation>
    </message>
    <message>
      <source>Cannot be changed</source>
      <translation>Nicht änderbar</translation>
    </message>
    <message>
      <source>cannot be changed</source>
      <translation>nicht änderbar</translation>
    </message>
    <message>
      <source>cannot be read</source>
      <translation>nicht lesbar</translation>
    </message>
    <message>
      <source>cannot be read, not saved</source>
      <translation>nicht lesbar, nicht gespeichert</translation>
    </message>
    <message>
      <source>cannot run</source>
      <translation>kann nicht laufen</translation>
    </message>
    <message>
      <source>Capitals and small letters alike</source>
      <translation>Groß- und Kleinschreibung gleich</translation>
    </message>
    <message>
      <source>Careful: its name looks like {other}, which is ours.</source>
      <translation>Vorsicht: der Name ähnelt {other}, das von uns ist.</translation>
    </message>
    <message>
      <source>Cases</source>
      <translation>Fälle</translation>
    </message>
    <message>
      <source>Causes</source>
      <translation>Ursachen</translation>
    </message>
    <message>
      <source>Certificate authorities</source>
      <translation>Zertifizierungsstellen</translation>
    </message>
    <message>
      <source>certificate verified</source>
      <translation>Zertifikat geprüft</translation>
    </message>
    <message>
      <source>Change</source>
      <translation>Änderung</translation>
    </message>
    <message>
      <source>change</source>
      <translation>Änderung</translation>
    </message>
    <message>
      <source>Change key</source>
      <translation>Taste ändern</translation>
    </message>
    <message>
      <source>Change key…</source>
      <translation>Taste ändern…</translation>
    </message>
    <message>
      <source>change many</source>
      <translation>viele ändern</translation>
    </message>
    <message>
      <source>change nothing</source>
      <translation>nichts ändern</translation>
    </message>
    <message>
      <source>Change role…</source>
      <translation>Rolle ändern…</translation>
    </message>
    <message>
      <source>Change the note</source>
      <translation>Notiz ändern</translation>
    </message>
    <message>
      <source>Change the note: {text}</source>
      <translation>Notiz ändern: {text}</translation>
    </message>
    <message numerus="yes">
      <source>Change these %n records</source>
      <translation>
        <numerusform>Diesen %n Datensatz ändern</numerusform>
        <numerusform>Diese %n Datensätze ändern</numerusform>
      </translation>
    </message>
    <message>
      <source>Change type</source>
      <translation>Typ ändern</translation>
    </message>
    <message>
      <source>Change type…</source>
      <translation>Typ ändern…</translation>
    </message>
    <message>
      <source>change what is here</source>
      <translation>ändern, was hier ist</translation>
    </message>
    <message>
      <source>Change {fields} of the {object} {title} in {connection}: {told}.</source>
      <translation>{fields} von {object} {title} in {connection} ändern: {told}.</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Geändert</translation>
    </message>
    <message>
      <source>changed</source>
      <translation>geändert</translation>
    </message>
    <message>
      <source>Changed by the CRM</source>
      <translation>Vom CRM geändert</translation>
    </message>
    <message>
      <source>changed by {author} {at}</source>
      <translation>geändert von {author} {at}</translation>
    </message>
    <message>
      <source>Changed in the CRM at {at} UTC.</source>
      <translation>Am {at} UTC im CRM geändert.</translation>
    </message>
    <message>
      <source>Changed in the CRM by {by} at {at} UTC.</source>
      <translation>Von {by} am {at} UTC im CRM geändert.</translation>
    </message>
    <message>
      <source>changed since</source>
      <translation>seitdem geändert</translation>
    </message>
    <message>
      <source>Changed since allowed</source>
      <translation>Seit der Erlaubnis geändert</translation>
    </message>
    <message>
      <source>changed {at}</source>
      <translation>geändert {at}</translation>
    </message>
    <message>
      <source>Changed {touched} of {of} records</source>
      <translation>{touched} von {of} Datensätzen geändert</translation>
    </message>
    <message>
      <source>Changes</source>
      <translation>Änderungen</translation>
    </message>
    <message>
      <source>Changes in the CRM</source>
      <translation>Änderungen im CRM</translation>
    </message>
    <message>
      <source>Changes made here are written to the CRM.</source>
      <translation>Hier gemachte Änderungen werden in das CRM geschrieben.</translation>
    </message>
    <message>
      <source>Changes within the same second are not noticed.</source>
      <translation>Änderungen innerhalb derselben Sekunde werden nicht bemerkt.</translation>
    </message>
    <message>
      <source>Change…</source>
      <translation>Ändern…</translation>
    </message>
    <message>
      <source>Changing it changes {what} of the {where} itself, in this workspace{crm}.</source>
      <translation>Die Änderung betrifft {what} von {where} selbst, in diesem Arbeitsbereich{crm}.</translation>
    </message>
    <message>
      <source>Changing it here changes {person} everywhere: {shows}, for everybody in {where}.</source>
      <translation>Eine Änderung hier ändert {person} überall: {shows}, für alle in {where}.</translation>
    </message>
    <message>
      <source>Changing it points the record at another {who}. Only that record changes.</source>
      <translation>Die Änderung lässt den Datensatz auf {who} zeigen. Nur dieser Datensatz ändert sich.</translation>
    </message>
    <message>
      <source>Changing it points the {where} behind {hops} at another {who}: everybody who shows that {where} sees it.</source>
      <translation>Die Änderung lässt {where} hinter {hops} auf {who} zeigen: alle, die {where} zeigen, sehen es.</translation>
    </message>
    <message>
      <source>Changing {name} of {record} re-assigns it to somebody else. Only {record} changes.{now}</source>
      <translation>{name} von {record} zu ändern überträgt ihn jemand anderem. Nur {record} ändert sich.{now}</translation>
    </message>
    <message>
      <source>Channel</source>
      <translation>Kanal</translation>
    </message>
    <message>
      <source>Channels</source>
      <translation>Kanäle</translation>
    </message>
    <message>
      <source>Check</source>
      <translation>Prüfen</translation>
    </message>
    <message>
      <source>Check against the CRM</source>
      <translation>Gegen das CRM prüfen</translation>
    </message>
    <message>
      <source>Check now</source>
      <translation>Jetzt prüfen</translation>
    </message>
    <message>
      <source>Checked again: nothing has changed since.</source>
      <translation>Noch einmal geprüft: seither hat sich nichts geändert.</translation>
    </message>
    <message>
      <source>Checked again: {changes}.</source>
      <translation>Noch einmal geprüft: {changes}.</translation>
    </message>
    <message>
      <source>Checked against the CRM</source>
      <translation>Gegen das CRM geprüft</translation>
    </message>
    <message>
      <source>checked by the CRM as it writes</source>
      <translation>vom CRM beim Schreiben geprüft</translation>
    </message>
    <message>
      <source>Checked by {crm} as it writes: a record changed since it was read is refused, not overwritten.</source>
      <translation>Von {crm} beim Schreiben geprüft: ein Datensatz, der sich seit dem Lesen geändert hat, wird abgelehnt und nicht überschrieben.</translation>
    </message>
    <message>
      <source>Checked by {crm} as it writes: a record changed since {read} is refused, not overwritten.</source>
      <translation>Von {crm} beim Schreiben geprüft: ein Datensatz, der sich seit {read} geändert hat, wird abgelehnt und nicht überschrieben.</translation>
    </message>
    <message>
      <source>checked just before writing</source>
      <translation>unmittelbar vor dem Schreiben geprüft</translation>
    </message>
    <message>
      <source>Checked just before writing, or by the CRM as it wrote: no gap was measured.</source>
      <translation>Unmittelbar vor dem Schreiben geprüft, oder vom CRM beim Schreiben: Es wurde keine Lücke gemessen.</translation>
    </message>
    <message>
      <source>Checked just before writing. A change made in between (in this job {typical} typical, {often} in 95 of 100, {most} at most) can be overwritten.</source>
      <translation>Unmittelbar vor dem Schreiben geprüft. Eine Änderung dazwischen (in diesem Job üblich {typical}, in 95 von 100 Fällen {often}, höchstens {most}) kann überschrieben werden.</translation>
    </message>
    <message>
      <source>Checked just before writing. A change made in between can be overwritten; the job tells how long that gap was.</source>
      <translation>Unmittelbar vor dem Schreiben geprüft. Eine Änderung dazwischen kann überschrieben werden; der Job sagt, wie lang diese Lücke war.</translation>
    </message>
    <message>
      <source>checked when it was made</source>
      <translation>beim Erstellen geprüft</translation>
    </message>
    <message>
      <source>Checked {checked}. Nothing has been sent.</source>
      <translation>Geprüft {checked}. Nichts wurde gesendet.</translation>
    </message>
    <message>
      <source>Checking outcome</source>
      <translation>Ausgang wird geprüft</translation>
    </message>
    <message>
      <source>checking outcome</source>
      <translation>Ausgang wird geprüft</translation>
    </message>
    <message>
      <source>Checking reads the records afresh and sorts every edit: send, already so, blocked or conflict. It sends nothing.</source>
      <translation>Die Prüfung liest die Datensätze frisch und ordnet jede Änderung ein: senden, bereits so, blockiert oder Konflikt. Sie sendet nichts.</translation>
    </message>
    <message>
      <source>Checking…</source>
      <translation>Wird geprüft…</translation>
    </message>
    <message>
      <source>checklist</source>
      <translation>Checkliste</translation>
    </message>
    <message>
      <source>checks by the CRM as it writes</source>
      <translation>Prüfung durch das CRM beim Schreiben</translation>
    </message>
    <message>
      <source>Chinese (GB 18030)</source>
      <translation>Chinesisch (GB 18030)</translation>
    </message>
    <message>
      <source>Choices</source>
      <translation>Entscheidungen</translation>
    </message>
    <message>
      <source>Choose</source>
      <translation>Wählen</translation>
    </message>
    <message>
      <source>Choose a campaign first.</source>
      <translation>Wählen Sie zuerst eine Kampagne.</translation>
    </message>
    <message>
      <source>Choose a campaign.</source>
      <translation>Wählen Sie eine Kampagne.</translation>
    </message>
    <message>
      <source>Choose a cell in the grid of accounts.</source>
      <translation>Wählen Sie eine Zelle in der Tabelle der Accounts.</translation>
    </message>
    <message>
      <source>Choose a cell that can be edited.</source>
      <translation>Wählen Sie eine Zelle, die bearbeitet werden kann.</translation>
    </message>
    <message>
      <source>Choose a cell to see where its value comes from.</source>
      <translation>Wählen Sie eine Zelle, um zu sehen, woher ihr Wert kommt.</translation>
    </message>
    <message>
      <source>Choose a cell whose value refers to another record.</source>
      <translation>Wählen Sie eine Zelle, deren Wert auf einen anderen Datensatz verweist.</translation>
    </message>
    <message>
      <source>Choose a column.</source>
      <translation>Wählen Sie eine Spalte.</translation>
    </message>
    <message>
      <source>Choose a conflict in the inbox.</source>
      <translation>Wählen Sie einen Konflikt im Posteingang.</translation>
    </message>
    <message>
      <source>Choose a field</source>
      <translation>Wählen Sie ein Feld</translation>
    </message>
    <message>
      <source>Choose a field behind a reference, or type its path.</source>
      <translation>Wählen Sie ein Feld hinter einer Referenz, oder geben Sie seinen Pfad ein.</translation>
    </message>
    <message>
      <source>Choose a field first.</source>
      <translation>Wählen Sie zuerst ein Feld.</translation>
    </message>
    <message>
      <source>Choose a field.</source>
      <translation>Wählen Sie ein Feld.</translation>
    </message>
    <message>
      <source>Choose a file</source>
      <translation>Datei wählen</translation>
    </message>
    <message>
      <source>Choose a file first.</source>
      <translation>Wählen Sie zuerst eine Datei.</translation>
    </message>
    <message>
      <source>Choose a file…</source>
      <translation>Datei wählen…</translation>
    </message>
    <message>
      <source>Choose a finished job that wrote something.</source>
      <translation>Wählen Sie einen beendeten Job, der etwas geschrieben hat.</translation>
    </message>
    <message>
      <source>Choose a form first.</source>
      <translation>Wählen Sie zuerst ein Formular.</translation>
    </message>
    <message>
      <source>Choose a job first.</source>
      <translation>Wählen Sie zuerst einen Job.</translation>
    </message>
    <message>
      <source>Choose a job that is at work.</source>
      <translation>Wählen Sie einen Job in Arbeit.</translation>
    </message>
    <message>
      <source>Choose a job that is not finished.</source>
      <translation>Wählen Sie einen Job, der nicht beendet ist.</translation>
    </message>
    <message>
      <source>Choose a line first.</source>
      <translation>Wählen Sie zuerst eine Zeile.</translation>
    </message>
    <message>
      <source>Choose a line, or add an attribute.</source>
      <translation>Wählen Sie eine Zeile, oder fügen Sie ein Attribut hinzu.</translation>
    </message>
    <message>
      <source>Choose a mapping</source>
      <translation>Eine Zuordnung wählen</translation>
    </message>
    <message>
      <source>Choose a person of the list first.</source>
      <translation>Wählen Sie zuerst eine Person aus der Liste.</translation>
    </message>
    <message>
      <source>Choose a plan first.</source>
      <translation>Wählen Sie zuerst einen Plan.</translation>
    </message>
    <message>
      <source>Choose a play first.</source>
      <translation>Wählen Sie zuerst ein SuccessPlay.</translation>
    </message>
    <message>
      <source>Choose a record</source>
      <translation>Einen Datensatz wählen</translation>
    </message>
    <message>
      <source>Choose a record first.</source>
      <translation>Wählen Sie zuerst einen Datensatz.</translation>
    </message>
    <message>
      <source>Choose a record of the list first.</source>
      <translation>Wählen Sie zuerst einen Datensatz der Liste.</translation>
    </message>
    <message>
      <source>Choose a record…</source>
      <translation>Datensatz wählen…</translation>
    </message>
    <message>
      <source>Choose a remembered choice under Account assignment.</source>
      <translation>Wählen Sie eine gemerkte Entscheidung unter Account-Zuständigkeit.</translation>
    </message>
    <message>
      <source>Choose a role under Account assignment.</source>
      <translation>Wählen Sie eine Rolle unter Account-Zuständigkeit.</translation>
    </message>
    <message>
      <source>Choose a row that is blocked by a reference that is unclear.</source>
      <translation>Wählen Sie eine Zeile, die durch eine unklare Referenz blockiert ist.</translation>
    </message>
    <message>
      <source>Choose a segment first.</source>
      <translation>Wählen Sie zuerst ein Segment.</translation>
    </message>
    <message>
      <source>Choose a step, or add one.</source>
      <translation>Wählen Sie einen Schritt, oder fügen Sie einen hinzu.</translation>
    </message>
    <message>
      <source>Choose a task first.</source>
      <translation>Wählen Sie zuerst eine Aufgabe.</translation>
    </message>
    <message>
      <source>Choose a task.</source>
      <translation>Wählen Sie eine Aufgabe.</translation>
    </message>
    <message>
      <source>Choose a team member under Account assignment.</source>
      <translation>Wählen Sie ein Teammitglied unter Account-Zuständigkeit.</translation>
    </message>
    <message>
      <source>Choose a value that is in conflict.</source>
      <translation>Wählen Sie einen Wert, der im Konflikt ist.</translation>
    </message>
    <message>
      <source>Choose an attribute</source>
      <translation>Wählen Sie ein Attribut</translation>
    </message>
    <message>
      <source>Choose an attribute first.</source>
      <translation>Wählen Sie zuerst ein Attribut.</translation>
    </message>
    <message>
      <source>Choose an entry.</source>
      <translation>Wählen Sie einen Eintrag.</translation>
    </message>
    <message>
      <source>Choose an open task under Tasks.</source>
      <translation>Wählen Sie unter Aufgaben eine offene Aufgabe.</translation>
    </message>
    <message>
      <source>Choose another format for the field, or change the value in the CRM.</source>
      <translation>Wählen Sie ein anderes Format für das Feld, oder ändern Sie den Wert im CRM.</translation>
    </message>
    <message>
      <source>Choose as key a field that one of the columns holds: it finds the records.</source>
      <translation>Wählen Sie als Schlüssel ein Feld, das eine der Spalten enthält: es findet die Datensätze.</translation>
    </message>
    <message>
      <source>Choose at most {most_chosen} rows, or undo the whole job.</source>
      <translation>Wählen Sie höchstens {most_chosen} Zeilen, oder machen Sie den ganzen Job rückgängig.</translation>
    </message>
    <message>
      <source>Choose at most {most} rows, or none for all.</source>
      <translation>Wählen Sie höchstens {most} Zeilen, oder keine für alle.</translation>
    </message>
    <message>
      <source>Choose file…</source>
      <translation>Datei wählen…</translation>
    </message>
    <message>
      <source>Choose from candidates…</source>
      <translation>Aus Kandidaten wählen…</translation>
    </message>
    <message>
      <source>Choose one first.</source>
      <translation>Wählen Sie zuerst eine.</translation>
    </message>
    <message>
      <source>Choose one in the grid.</source>
      <translation>Wählen Sie einen in der Tabelle.</translation>
    </message>
    <message>
      <source>Choose one task only.</source>
      <translation>Wählen Sie nur eine Aufgabe.</translation>
    </message>
    <message>
      <source>Choose rows of the plan that are to be sent.</source>
      <translation>Wählen Sie Zeilen des Plans, die gesendet werden.</translation>
    </message>
    <message>
      <source>Choose rows that were not written.</source>
      <translation>Wählen Sie Zeilen, die nicht geschrieben wurden.</translation>
    </message>
    <message>
      <source>Choose rows that were written: with Ctrl or Shift several.</source>
      <translation>Wählen Sie geschriebene Zeilen: mit Strg oder Umschalt mehrere.</translation>
    </message>
    <message>
      <source>Choose somebody of the list first.</source>
      <translation>Wählen Sie zuerst jemanden aus der Liste.</translation>
    </message>
    <message>
      <source>Choose the attribute that takes the score.</source>
      <translation>Wählen Sie das Attribut, das die Punktzahl aufnimmt.</translation>
    </message>
    <message>
      <source>Choose the column</source>
      <translation>Die Spalte wählen</translation>
    </message>
    <message>
      <source>Choose the column of the score.</source>
      <translation>Wählen Sie die Spalte der Punktzahl.</translation>
    </message>
    <message>
      <source>Choose the column that says whose answer it is.</source>
      <translation>Wählen Sie die Spalte, die sagt, von wem die Antwort ist.</translation>
    </message>
    <message>
      <source>Choose the row</source>
      <translation>Die Zeile wählen</translation>
    </message>
    <message>
      <source>Choose this one</source>
      <translation>Diesen wählen</translation>
    </message>
    <message>
      <source>Choose this one for all alike</source>
      <translation>Diesen für alle gleichen wählen</translation>
    </message>
    <message>
      <source>Choose this user</source>
      <translation>Diesen Benutzer wählen</translation>
    </message>
    <message>
      <source>Choose two different options.</source>
      <translation>Wählen Sie zwei verschiedene Optionen.</translation>
    </message>
    <message>
      <source>Choose what is meant…</source>
      <translation>Wählen, was gemeint ist…</translation>
    </message>
    <message>
      <source>Choose where it stands first.</source>
      <translation>Wählen Sie zuerst, wo sie steht.</translation>
    </message>
    <message>
      <source>Choose which object of the CRM becomes accounts here, mostly Account.</source>
      <translation>Wählen Sie, welches Objekt des CRM hier zu Accounts wird, meist Account.</translation>
    </message>
    <message>
      <source>chosen</source>
      <translation>gewählt</translation>
    </message>
    <message>
      <source>Chosen by</source>
      <translation>Gewählt von</translation>
    </message>
    <message>
      <source>chosen by hand</source>
      <translation>von Hand gewählt</translation>
    </message>
    <message>
      <source>Chosen by you</source>
      <translation>Von Ihnen gewählt</translation>
    </message>
    <message>
      <source>chosen rows</source>
      <translation>gewählte Zeilen</translation>
    </message>
    <message>
      <source>chosen, not planned</source>
      <translation>gewählt, nicht geplant</translation>
    </message>
    <message>
      <source>Clear</source>
      <translation>Leeren</translation>
    </message>
    <message>
      <source>clear</source>
      <translation>leeren</translation>
    </message>
    <message>
      <source>Clear a value</source>
      <translation>Einen Wert leeren</translation>
    </message>
    <message>
      <source>Clear filter</source>
      <translation>Filter aufheben</translation>
    </message>
    <message>
      <source>Clear filters</source>
      <translation>Filter aufheben</translation>
    </message>
    <message>
      <source>Clear in the CRM</source>
      <translation>Im CRM leeren</translation>
    </message>
    <message>
      <source>Clear is a wish: the field becomes empty in the CRM when the edit is sent. Leave unset takes your edit of the cell away and touches nothing. The answer is kept for this column.</source>
      <translation>Leeren ist ein Wunsch: das Feld wird im CRM leer, wenn die Änderung gesendet wird. Ungesetzt lassen nimmt Ihre Änderung der Zelle weg und berührt nichts. Die Antwort wird für diese Spalte gemerkt.</translation>
    </message>
    <message>
      <source>Clear search</source>
      <translation>Suche leeren</translation>
    </message>
    <message>
      <source>clear the field</source>
      <translation>das Feld leeren</translation>
    </message>
    <message>
      <source>Clear the search</source>
      <translation>Die Suche leeren</translation>
    </message>
    <message>
      <source>Clear the value</source>
      <translation>Wert leeren</translation>
    </message>
    <message>
      <source>Clear value</source>
      <translation>Wert leeren</translation>
    </message>
    <message>
      <source>cleared</source>
      <translation>geleert</translation>
    </message>
    <message>
      <source>Clears the field</source>
      <translation>Leert das Feld</translation>
    </message>
    <message>
      <source>Client ID</source>
      <translation>Client-ID</translation>
    </message>
    <message>
      <source>Client secret</source>
      <translation>Client-Geheimnis</translation>
    </message>
    <message>
      <source>clipboard</source>
      <translation>Zwischenablage</translation>
    </message>
    <message>
      <source>Clocks</source>
      <translation>Uhren</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Close bulk edit</source>
      <translation>Massenbearbeitung schließen</translation>
    </message>
    <message>
      <source>Close tab</source>
      <translation>Register schließen</translation>
    </message>
    <message>
      <source>Close the test</source>
      <translation>Den Test schließen</translation>
    </message>
    <message>
      <source>Close this message</source>
      <translation>Diese Meldung schließen</translation>
    </message>
    <message>
      <source>Close {tab}</source>
      <translation>{tab} schließen</translation>
    </message>
    <message>
      <source>Code</source>
      <translation>Code</translation>
    </message>
    <message>
      <source>Code to type</source>
      <translation>Einzugebender Code</translation>
    </message>
    <message>
      <source>Collect changes for</source>
      <translation>Änderungen sammeln für</translation>
    </message>
    <message>
      <source>Collected</source>
      <translation>Gesammelt</translation>
    </message>
    <message>
      <source>Collecting until {time}</source>
      <translation>Wird gesammelt bis {time}</translation>
    </message>
    <message>
      <source>Collecting window</source>
      <translation>Sammelfenster</translation>
    </message>
    <message>
      <source>colour color dark mode night accessibility</source>
      <translation>Farbe dunkel Nacht Modus Barrierefreiheit</translation>
    </message>
    <message>
      <source>Colours of the window.</source>
      <translation>Farben des Fensters.</translation>
    </message>
    <message>
      <source>Column of the file</source>
      <translation>Spalte der Datei</translation>
    </message>
    <message>
      <source>Column: {part}</source>
      <translation>Spalte: {part}</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
    <message>
      <source>Columns of the file</source>
      <translation>Spalten der Datei</translation>
    </message>
    <message>
      <source>Columns…</source>
      <translation>Spalten…</translation>
    </message>
    <message>
      <source>Comes from</source>
      <translation>Kommt aus</translation>
    </message>
    <message>
      <source>comes into {segment}</source>
      <translation>kommt in {segment}</translation>
    </message>
    <message>
      <source>comma</source>
      <translation>Komma</translation>
    </message>
    <message>
      <source>comma, as in 8,0</source>
      <translation>Komma, wie in 8,0</translation>
    </message>
    <message>
      <source>command line</source>
      <translation>Befehlszeile</translation>
    </message>
    <message>
      <source>Command palette</source>
      <translation>Befehlspalette</translation>
    </message>
    <message>
      <source>Command palette…</source>
      <translation>Befehlspalette…</translation>
    </message>
    <message>
      <source>Compact</source>
      <translation>Kompakt</translation>
    </message>
    <message>
      <source>Companies</source>
      <translation>Unternehmen</translation>
    </message>
    <message>
      <source>Compare with the CRMs</source>
      <translation>Mit den CRMs vergleichen</translation>
    </message>
    <message>
      <source>compared just before writing</source>
      <translation>unmittelbar vor dem Schreiben verglichen</translation>
    </message>
    <message>
      <source>Comparison</source>
      <translation>Vergleich</translation>
    </message>
    <message>
      <source>Complete</source>
      <translation>Abschließen</translation>
    </message>
    <message numerus="yes">
      <source>Complete %n tasks</source>
      <translation>
        <numerusform>%n Aufgabe abschließen</numerusform>
        <numerusform>%n Aufgaben abschließen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Complete %n tasks…</source>
      <translation>
        <numerusform>%n Aufgabe abschließen…</numerusform>
        <numerusform>%n Aufgaben abschließen…</numerusform>
      </translation>
    </message>
    <message>
      <source>complete a task</source>
      <translation>Aufgabe abschließen</translation>
    </message>
    <message>
      <source>Complete task {number}</source>
      <translation>Aufgabe {number} abschließen</translation>
    </message>
    <message>
      <source>Complete task…</source>
      <translation>Aufgabe abschließen…</translation>
    </message>
    <message>
      <source>Complete without writing</source>
      <translation>Abschließen ohne Schreiben</translation>
    </message>
    <message>
      <source>Complete {task}</source>
      <translation>{task} abschließen</translation>
    </message>
    <message>
      <source>Complete…</source>
      <translation>Abschließen…</translation>
    </message>
    <message>
      <source>compliance</source>
      <translation>Compliance</translation>
    </message>
    <message>
      <source>concurrency parallel threads speed</source>
      <translation>gleichzeitig nebenläufig Geschwindigkeit</translation>
    </message>
    <message>
      <source>Condition</source>
      <translation>Bedingung</translation>
    </message>
    <message>
      <source>condition</source>
      <translation>Bedingung</translation>
    </message>
    <message>
      <source>Condition in the CRM's own language</source>
      <translation>Bedingung in der Sprache des CRM</translation>
    </message>
    <message>
      <source>conditions</source>
      <translation>Bedingungen</translation>
    </message>
    <message>
      <source>config</source>
      <translation>Konfig</translation>
    </message>
    <message>
      <source>Configuration</source>
      <translation>Konfiguration</translation>
    </message>
    <message>
      <source>configuration export import diff sandbox production mappings data model file json</source>
      <translation>konfiguration export import unterschied sandbox produktion zuordnungen datenmodell datei json configuration diff production mappings data model file</translation>
    </message>
    <message>
      <source>Configurations (*.json)</source>
      <translation>Konfigurationen (*.json)</translation>
    </message>
    <message>
      <source>Configurations (*.json);;All files (*)</source>
      <translation>Konfigurationen (*.json);;Alle Dateien (*)</translation>
    </message>
    <message>
      <source>configure mappings</source>
      <translation>Zuordnungen einrichten</translation>
    </message>
    <message>
      <source>Confirmed</source>
      <translation>Bestätigt</translation>
    </message>
    <message>
      <source>Conflict</source>
      <translation>Konflikt</translation>
    </message>
    <message>
      <source>conflict</source>
      <translation>Konflikt</translation>
    </message>
    <message>
      <source>Conflict on {attribute}</source>
      <translation>Konflikt bei {attribute}</translation>
    </message>
    <message>
      <source>Conflict rule</source>
      <translation>Konfliktregel</translation>
    </message>
    <message>
      <source>Conflict rule changed</source>
      <translation>Konfliktregel geändert</translation>
    </message>
    <message>
      <source>Conflict settled</source>
      <translation>Konflikt entschieden</translation>
    </message>
    <message>
      <source>Conflicts</source>
      <translation>Konflikte</translation>
    </message>
    <message>
      <source>Connect</source>
      <translation>Verbinden</translation>
    </message>
    <message>
      <source>Connect a CRM</source>
      <translation>CRM verbinden</translation>
    </message>
    <message>
      <source>Connect a CRM…</source>
      <translation>CRM verbinden…</translation>
    </message>
    <message>
      <source>Connected</source>
      <translation>Verbunden</translation>
    </message>
    <message>
      <source>Connected to {org}.</source>
      <translation>Mit {org} verbunden.</translation>
    </message>
    <message>
      <source>Connection</source>
      <translation>Verbindung</translation>
    </message>
    <message>
      <source>Connection changed</source>
      <translation>Verbindung geändert</translation>
    </message>
    <message>
      <source>Connection here for {name}</source>
      <translation>Verbindung hier für {name}</translation>
    </message>
    <message>
      <source>Connection removed</source>
      <translation>Verbindung entfernt</translation>
    </message>
    <message>
      <source>Connections</source>
      <translation>Verbindungen</translation>
    </message>
    <message>
      <source>Connections of the file</source>
      <translation>Verbindungen der Datei</translation>
    </message>
    <message>
      <source>Connections of which nothing is told.</source>
      <translation>Verbindungen, von denen nichts gemeldet wird.</translation>
    </message>
    <message>
      <source>connector</source>
      <translation>Konnektor</translation>
    </message>
    <message>
      <source>connectors</source>
      <translation>Konnektoren</translation>
    </message>
    <message>
      <source>consent</source>
      <translation>Einwilligung</translation>
    </message>
    <message>
      <source>Consumer key</source>
      <translation>Consumer Key</translation>
    </message>
    <message>
      <source>Contacts</source>
      <translation>Kontakte</translation>
    </message>
    <message>
      <source>Contacts at accounts</source>
      <translation>Kontakte bei Accounts</translation>
    </message>
    <message>
      <source>Contacts at companies</source>
      <translation>Kontakte bei Unternehmen</translation>
    </message>
    <message>
      <source>Contacts at their account</source>
      <translation>Kontakte bei ihrem Account</translation>
    </message>
    <message>
      <source>contains</source>
      <translation>enthält</translation>
    </message>
    <message>
      <source>Content</source>
      <translation>Inhalt</translation>
    </message>
    <message>
      <source>content (content.zohoapis, as the documentation says) or upload (upload.zoho, as the example files say).</source>
      <translation>content (content.zohoapis, wie die Dokumentation sagt) oder upload (upload.zoho, wie die Beispieldateien sagen).</translation>
    </message>
    <message>
      <source>Context</source>
      <translation>Kontext</translation>
    </message>
    <message>
      <source>Contract</source>
      <translation>Vertrag</translation>
    </message>
    <message>
      <source>Converted text is read only: it is not written back. Preview shows the effect.</source>
      <translation>Umgewandelter Text ist nur lesbar: er wird nicht zurückgeschrieben. Die Vorschau zeigt die Wirkung.</translation>
    </message>
    <message>
      <source>Copied from</source>
      <translation>Kopiert aus</translation>
    </message>
    <message>
      <source>Copied.</source>
      <translation>Kopiert.</translation>
    </message>
    <message>
      <source>Copied: {link}</source>
      <translation>Kopiert: {link}</translation>
    </message>
    <message>
      <source>Copy a mapping from</source>
      <translation>Eine Zuordnung kopieren aus</translation>
    </message>
    <message>
      <source>Copy address</source>
      <translation>Adresse kopieren</translation>
    </message>
    <message>
      <source>Copy all addresses</source>
      <translation>Alle Adressen kopieren</translation>
    </message>
    <message>
      <source>Copy Application (client) ID and Directory (tenant) ID into the form here.</source>
      <translation>Kopieren Sie Application (client) ID und Directory (tenant) ID in das Formular hier.</translation>
    </message>
    <message>
      <source>Copy as text</source>
      <translation>Als Text kopieren</translation>
    </message>
    <message>
      <source>Copy Client ID and Client Secret into the form here.</source>
      <translation>Kopieren Sie Client ID und Client Secret in das Formular hier.</translation>
    </message>
    <message>
      <source>Copy client ID and client secret into the form here.</source>
      <translation>Kopieren Sie Client-ID und Client-Geheimnis in das Formular hier.</translation>
    </message>
    <message>
      <source>Copy details</source>
      <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
      <source>Copy diagnostics</source>
      <translation>Diagnose kopieren</translation>
    </message>
    <message>
      <source>Copy e-mail to the administrator</source>
      <translation>E-Mail an den Administrator kopieren</translation>
    </message>
    <message>
      <source>Copy from</source>
      <translation>Kopieren aus</translation>
    </message>
    <message>
      <source>Copy from another attribute</source>
      <translation>Aus einem anderen Attribut kopieren</translation>
    </message>
    <message>
      <source>Copy link</source>
      <translation>Link kopieren</translation>
    </message>
    <message>
      <source>Copy scopes</source>
      <translation>Scopes kopieren</translation>
    </message>
    <message>
      <source>Copy the code, paste it here and go on at once.</source>
      <translation>Kopieren Sie den Code, fügen Sie ihn hier ein, und gehen Sie gleich weiter.</translation>
    </message>
    <message>
      <source>Copy the consumer key into the form here. It may take some minutes until Salesforce knows the app.</source>
      <translation>Kopieren Sie den Consumer Key in das Formular hier. Es kann einige Minuten dauern, bis Salesforce die App kennt.</translation>
    </message>
    <message>
      <source>Copy the head's hash</source>
      <translation>Hash des Kopfes kopieren</translation>
    </message>
    <message>
      <source>Copy the key and paste it here. HubSpot shows it only for a short while.</source>
      <translation>Kopieren Sie den Schlüssel, und fügen Sie ihn hier ein. HubSpot zeigt ihn nur kurz.</translation>
    </message>
    <message>
      <source>Copy the redirect address {address}</source>
      <translation>Die Weiterleitungsadresse {address} kopieren</translation>
    </message>
    <message>
      <source>Copy the report</source>
      <translation>Bericht kopieren</translation>
    </message>
    <message>
      <source>Count</source>
      <translation>Zählen</translation>
    </message>
    <message>
      <source>count</source>
      <translation>zählen</translation>
    </message>
    <message>
      <source>Count as</source>
      <translation>Zählen als</translation>
    </message>
    <message>
      <source>Count records</source>
      <translation>Datensätze zählen</translation>
    </message>
    <message>
      <source>Counting…</source>
      <translation>Wird gezählt…</translation>
    </message>
    <message>
      <source>create</source>
      <translation>anlegen</translation>
    </message>
    <message>
      <source>Creates</source>
      <translation>Legt an</translation>
    </message>
    <message>
      <source>Credentials file</source>
      <translation>Datei mit Zugangsdaten</translation>
    </message>
    <message>
      <source>Credentials file (self client)</source>
      <translation>Datei mit Zugangsdaten (Self Client)</translation>
    </message>
    <message>
      <source>credentials file {path}, renews itself</source>
      <translation>Datei mit Zugangsdaten {path}, erneuert sich selbst</translation>
    </message>
    <message>
      <source>CRM</source>
      <translation>CRM</translation>
    </message>
    <message>
      <source>CRM field</source>
      <translation>CRM-Feld</translation>
    </message>
    <message>
      <source>CRM wins</source>
      <translation>Das CRM gewinnt</translation>
    </message>
    <message>
      <source>CRMs disagree</source>
      <translation>CRMs widersprechen sich</translation>
    </message>
    <message>
      <source>cron</source>
      <translation>cron</translation>
    </message>
    <message>
      <source>Cron expression</source>
      <translation>Cron-Ausdruck</translation>
    </message>
    <message>
      <source>cron {expression}</source>
      <translation>cron {expression}</translation>
    </message>
    <message>
      <source>CSAT</source>
      <translation>CSAT</translation>
    </message>
    <message>
      <source>CSAT score</source>
      <translation>CSAT-Wert</translation>
    </message>
    <message>
      <source>CSAT: how satisfied are you?</source>
      <translation>CSAT: Wie zufrieden sind Sie?</translation>
    </message>
    <message>
      <source>CSV</source>
      <translation>CSV</translation>
    </message>
    <message>
      <source>csv</source>
      <translation>csv</translation>
    </message>
    <message>
      <source>Currency</source>
      <translation>Währung</translation>
    </message>
    <message>
      <source>Custom logic</source>
      <translation>Eigene Logik</translation>
    </message>
    <message>
      <source>customers</source>
      <translation>Kunden</translation>
    </message>
    <message>
      <source>daily</source>
      <translation>täglich</translation>
    </message>
    <message>
      <source>Daily digest at</source>
      <translation>Tägliche Zusammenfassung um</translation>
    </message>
    <message>
      <source>damaged: {problem}</source>
      <translation>beschädigt: {problem}</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Dark theme</source>
      <translation>Dunkles Design</translation>
    </message>
    <message>
      <source>Data centre</source>
      <translation>Rechenzentrum</translation>
    </message>
    <message>
      <source>Data Loader</source>
      <translation>Data Loader</translation>
    </message>
    <message>
      <source>Data model</source>
      <translation>Datenmodell</translation>
    </message>
    <message>
      <source>Data model, integrations, mappings, segments, forms and guards as a file, from a sandbox to production. No record, no person and no secret is in it.</source>
      <translation>Datenmodell, Integrationen, Zuordnungen, Segmente, Formulare und Schutzgrenzen als Datei, von einer Sandbox in die Produktion. Kein Datensatz, keine Person und kein Geheimnis ist darin.</translation>
    </message>
    <message>
      <source>Date</source>
      <translation>Datum</translation>
    </message>
    <message>
      <source>Date and time</source>
      <translation>Datum und Uhrzeit</translation>
    </message>
    <message>
      <source>Date as text</source>
      <translation>Datum als Text</translation>
    </message>
    <message>
      <source>date number decimal comma region locale</source>
      <translation>Datum Zahl Komma Region Format</translation>
    </message>
    <message>
      <source>Date, day first: 31.12.2026</source>
      <translation>Datum, Tag zuerst: 31.12.2026</translation>
    </message>
    <message>
      <source>Date, month first: 12/31/2026</source>
      <translation>Datum, Monat zuerst: 12/31/2026</translation>
    </message>
    <message>
      <source>Date, year first: 2026-12-31</source>
      <translation>Datum, Jahr zuerst: 2026-12-31</translation>
    </message>
    <message>
      <source>Dates</source>
      <translation>Datumsangaben</translation>
    </message>
    <message>
      <source>Day</source>
      <translation>Tag</translation>
    </message>
    <message>
      <source>day first</source>
      <translation>Tag zuerst</translation>
    </message>
    <message>
      <source>day first: 3 November is 03.11.2026</source>
      <translation>Tag zuerst: 3. November ist 03.11.2026</translation>
    </message>
    <message>
      <source>Day like 2026-12-31</source>
      <translation>Tag wie 2026-12-31</translation>
    </message>
    <message>
      <source>Day of the answer</source>
      <translation>Tag der Antwort</translation>
    </message>
    <message>
      <source>Day of the month</source>
      <translation>Tag im Monat</translation>
    </message>
    <message>
      <source> days</source>
      <translation> Tage</translation>
    </message>
    <message>
      <source>Days</source>
      <translation>Tage</translation>
    </message>
    <message>
      <source>days</source>
      <translation>Tage</translation>
    </message>
    <message>
      <source>Days are written</source>
      <translation>Tage sind geschrieben</translation>
    </message>
    <message>
      <source>Days of the blackout</source>
      <translation>Tage der Sperrzeit</translation>
    </message>
    <message>
      <source>Deals</source>
      <translation>Deals</translation>
    </message>
    <message>
      <source>Decide for all alike</source>
      <translation>Für alle gleichen entscheiden</translation>
    </message>
    <message>
      <source>Decimals</source>
      <translation>Dezimalstellen</translation>
    </message>
    <message>
      <source>Decline</source>
      <translation>Ablehnen</translation>
    </message>
    <message>
      <source>Declined. The edits stay drafts.</source>
      <translation>Abgelehnt. Die Änderungen bleiben Entwürfe.</translation>
    </message>
    <message>
      <source>Default</source>
      <translation>Standardwert</translation>
    </message>
    <message>
      <source>default</source>
      <translation>Standardwert</translation>
    </message>
    <message>
      <source>Default for unknown values</source>
      <translation>Vorgabe für unbekannte Werte</translation>
    </message>
    <message>
      <source>Default value</source>
      <translation>Standardwert</translation>
    </message>
    <message>
      <source>Default, where a mapping fills in for an empty value</source>
      <translation>Standardwert, wenn eine Zuordnung einen leeren Wert füllt</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Delete attribute</source>
      <translation>Attribut löschen</translation>
    </message>
    <message>
      <source>Delete view</source>
      <translation>Ansicht löschen</translation>
    </message>
    <message>
      <source>Delete {attribute}?</source>
      <translation>{attribute} löschen?</translation>
    </message>
    <message>
      <source>deleted records</source>
      <translation>gelöschte Datensätze</translation>
    </message>
    <message>
      <source>Delete…</source>
      <translation>Löschen…</translation>
    </message>
    <message>
      <source>Delivered. It answered: {answer}</source>
      <translation>Zugestellt. Die Antwort: {answer}</translation>
    </message>
    <message>
      <source>Density</source>
      <translation>Dichte</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>Design a form</source>
      <translation>Formular gestalten</translation>
    </message>
    <message>
      <source>design a form</source>
      <translation>Formular gestalten</translation>
    </message>
    <message>
      <source>Design…</source>
      <translation>Gestalten…</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Einzelheiten</translation>
    </message>
    <message>
      <source>detect: the environment's rules refuse duplicates; suppress: they do not; blank: the environment's default.</source>
      <translation>detect: die Regeln der Umgebung lehnen Duplikate ab; suppress: sie tun es nicht; leer: der Standard der Umgebung.</translation>
    </message>
    <message>
      <source>detractor</source>
      <translation>Kritiker</translation>
    </message>
    <message>
      <source>Detractors</source>
      <translation>Kritiker</translation>
    </message>
    <message>
      <source>Deutsch</source>
      <translation>Deutsch</translation>
    </message>
    <message>
      <source>Diagnostics</source>
      <translation>Diagnose</translation>
    </message>
    <message>
      <source>diagnostics report bundle bug support log redaction zip</source>
      <translation>Diagnose Bericht Bündel Fehler Hilfe Protokoll Schwärzung zip diagnostics report bundle bug support log redaction</translation>
    </message>
    <message>
      <source>Diagnostics…</source>
      <translation>Diagnose…</translation>
    </message>
    <message>
      <source>did not answer</source>
      <translation>antwortete nicht</translation>
    </message>
    <message>
      <source>Differs</source>
      <translation>Weicht ab</translation>
    </message>
    <message>
      <source>Digest</source>
      <translation>Zusammenfassung</translation>
    </message>
    <message>
      <source>Digits only</source>
      <translation>Nur Ziffern</translation>
    </message>
    <message>
      <source>Directory (tenant) id</source>
      <translation>Verzeichnis-Id (Mandant)</translation>
    </message>
    <message>
      <source>Disable</source>
      <translation>Ausschalten</translation>
    </message>
    <message>
      <source>disagreements</source>
      <translation>Widersprüche</translation>
    </message>
    <message>
      <source>Discard</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Discard edits</source>
      <translation>Änderungen verwerfen</translation>
    </message>
    <message>
      <source>Discard pending edits of this record</source>
      <translation>Ausstehende Änderungen dieses Datensatzes verwerfen</translation>
    </message>
    <message>
      <source>Discard {title}</source>
      <translation>{title} verwerfen</translation>
    </message>
    <message>
      <source>Discarded</source>
      <translation>Verworfen</translation>
    </message>
    <message>
      <source>Disconnect</source>
      <translation>Trennen</translation>
    </message>
    <message>
      <source>Disconnect {name}?</source>
      <translation>{name} trennen?</translation>
    </message>
    <message>
      <source>disconnected</source>
      <translation>getrennt</translation>
    </message>
    <message>
      <source>disconnected {when}</source>
      <translation>getrennt {when}</translation>
    </message>
    <message>
      <source>Disconnect…</source>
      <translation>Trennen…</translation>
    </message>
    <message>
      <source>Dismiss the run</source>
      <translation>Lauf verwerfen</translation>
    </message>
    <message>
      <source>dismissed</source>
      <translation>verworfen</translation>
    </message>
    <message>
      <source>Dissatisfied</source>
      <translation>Unzufrieden</translation>
    </message>
    <message>
      <source>dissatisfied</source>
      <translation>unzufrieden</translation>
    </message>
    <message>
      <source>Distribute accounts</source>
      <translation>Accounts verteilen</translation>
    </message>
    <message>
      <source>Distribute accounts…</source>
      <translation>Accounts verteilen…</translation>
    </message>
    <message>
      <source>distribution</source>
      <translation>Verteilung</translation>
    </message>
    <message>
      <source>Divide by</source>
      <translation>Teilen durch</translation>
    </message>
    <message>
      <source>Do not ask again</source>
      <translation>Nicht mehr fragen</translation>
    </message>
    <message>
      <source>do not ask again question confirm confirmation dialog silence reset</source>
      <translation>nicht mehr fragen frage bestätigung dialog zurücksetzen do not ask again question confirm confirmation silence reset</translation>
    </message>
    <message>
      <source>do not disturb night silence</source>
      <translation>nicht stören Nacht Ruhe</translation>
    </message>
    <message>
      <source>Do you trust this workspace?</source>
      <translation>Vertrauen Sie diesem Arbeitsbereich?</translation>
    </message>
    <message>
      <source>documentation</source>
      <translation>Dokumentation</translation>
    </message>
    <message>
      <source>Does to each record</source>
      <translation>Tut mit jedem Datensatz</translation>
    </message>
    <message>
      <source>domain of the web site</source>
      <translation>Domain der Website</translation>
    </message>
    <message>
      <source>Done</source>
      <translation>Fertig</translation>
    </message>
    <message>
      <source>done</source>
      <translation>fertig</translation>
    </message>
    <message>
      <source>done by {name}, {at}</source>
      <translation>erledigt von {name}, {at}</translation>
    </message>
    <message>
      <source>Done with this file</source>
      <translation>Mit dieser Datei fertig</translation>
    </message>
    <message>
      <source>Done, not all written</source>
      <translation>Fertig, nicht alles geschrieben</translation>
    </message>
    <message>
      <source>Done, {missing} not written</source>
      <translation>Fertig, {missing} nicht geschrieben</translation>
    </message>
    <message>
      <source>download</source>
      <translation>herunterladen</translation>
    </message>
    <message>
      <source>draft</source>
      <translation>Entwurf</translation>
    </message>
    <message>
      <source>Draft, was {old}.</source>
      <translation>Entwurf, war {old}.</translation>
    </message>
    <message>
      <source>drafts</source>
      <translation>Entwürfe</translation>
    </message>
    <message>
      <source>Drift accepted</source>
      <translation>Änderung im CRM übernommen</translation>
    </message>
    <message>
      <source>Drift fixed</source>
      <translation>Änderung im CRM gerichtet</translation>
    </message>
    <message>
      <source>Drifted</source>
      <translation>Im CRM geändert</translation>
    </message>
    <message>
      <source>drifted, sending stops</source>
      <translation>geändert, das Senden ruht</translation>
    </message>
    <message>
      <source>Drifts</source>
      <translation>Änderungen im CRM</translation>
    </message>
    <message>
      <source>dropped</source>
      <translation>verworfen</translation>
    </message>
    <message>
      <source>Dry run…</source>
      <translation>Probelauf…</translation>
    </message>
    <message>
      <source>Due</source>
      <translation>Fällig</translation>
    </message>
    <message>
      <source>due</source>
      <translation>fällig</translation>
    </message>
    <message numerus="yes">
      <source>due in %n days</source>
      <translation>
        <numerusform>fällig in %n Tag</numerusform>
        <numerusform>fällig in %n Tagen</numerusform>
      </translation>
    </message>
    <message>
      <source>Due in days</source>
      <translation>Fällig in Tagen</translation>
    </message>
    <message>
      <source>Due is a day like 2026-12-31, or nothing.</source>
      <translation>Fällig ist ein Tag wie 2026-12-31 oder nichts.</translation>
    </message>
    <message>
      <source>due now</source>
      <translation>jetzt fällig</translation>
    </message>
    <message>
      <source>Duplicate</source>
      <translation>Duplizieren</translation>
    </message>
    <message>
      <source>Duplicate detection</source>
      <translation>Duplikaterkennung</translation>
    </message>
    <message>
      <source>Duplicate rules</source>
      <translation>Duplikatregeln</translation>
    </message>
    <message>
      <source>Duplicate {name}</source>
      <translation>{name} duplizieren</translation>
    </message>
    <message>
      <source>Duplicate…</source>
      <translation>Duplizieren…</translation>
    </message>
    <message>
      <source>E-mail</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>e-mail</source>
      <translation>E-Mail</translation>
    </message>
    <message>
      <source>e-mail of a person or record</source>
      <translation>E-Mail einer Person oder eines Datensatzes</translation>
    </message>
    <message>
      <source>Each act becomes an entry: a sign-in, a mapping, a job and what the CRM answered.</source>
      <translation>Jede Handlung wird ein Eintrag: eine Anmeldung, eine Zuordnung, ein Job und was das CRM geantwortet hat.</translation>
    </message>
    <message>
      <source>Each of the first texts can be written.</source>
      <translation>Jeder der ersten Texte kann geschrieben werden.</translation>
    </message>
    <message numerus="yes">
      <source>each once in %n days</source>
      <translation>
        <numerusform>jeder einmal in %n Tag</numerusform>
        <numerusform>jeder einmal in %n Tagen</numerusform>
      </translation>
    </message>
    <message>
      <source>Each record once in days</source>
      <translation>Jeder Datensatz einmal in Tagen</translation>
    </message>
    <message>
      <source>Each value that the CRM offers has a meaning.</source>
      <translation>Jeder Wert, den das CRM anbietet, hat eine Bedeutung.</translation>
    </message>
    <message>
      <source>Each was checked when it was made.</source>
      <translation>Jede wurde geprüft, als sie gemacht wurde.</translation>
    </message>
    <message>
      <source>Each word with a capital</source>
      <translation>Jedes Wort mit großem Anfang</translation>
    </message>
    <message>
      <source>Earlier by</source>
      <translation>Früher um</translation>
    </message>
    <message>
      <source>Edit</source>
      <translation>Bearbeiten</translation>
    </message>
    <message>
      <source>edit</source>
      <translation>bearbeiten</translation>
    </message>
    <message>
      <source>Edit a value</source>
      <translation>Einen Wert bearbeiten</translation>
    </message>
    <message>
      <source>Edit cell</source>
      <translation>Zelle bearbeiten</translation>
    </message>
    <message>
      <source>Edit cell, open row</source>
      <translation>Zelle bearbeiten, Zeile öffnen</translation>
    </message>
    <message>
      <source>Edit customer data here; send it back into the CRM, checked before and proven after.</source>
      <translation>Bearbeiten Sie Kundendaten hier; senden Sie sie in das CRM zurück, vorher geprüft und nachher belegt.</translation>
    </message>
    <message>
      <source>Edit play</source>
      <translation>SuccessPlay bearbeiten</translation>
    </message>
    <message>
      <source>edit referenced records</source>
      <translation>referenzierte Datensätze bearbeiten</translation>
    </message>
    <message>
      <source>Edit the cell</source>
      <translation>Zelle bearbeiten</translation>
    </message>
    <message>
      <source>Edit the value of the referenced object</source>
      <translation>Den Wert des referenzierten Objekts bearbeiten</translation>
    </message>
    <message>
      <source>Edit {title}</source>
      <translation>{title} bearbeiten</translation>
    </message>
    <message>
      <source>Editability</source>
      <translation>Bearbeitbarkeit</translation>
    </message>
    <message>
      <source>Edited by hand</source>
      <translation>Von Hand bearbeitet</translation>
    </message>
    <message>
      <source>Edition, as the CRM says</source>
      <translation>Edition, laut CRM</translation>
    </message>
    <message>
      <source>Editor</source>
      <translation>Bearbeiter</translation>
    </message>
    <message>
      <source>Edits are kept and wait until somebody signs in to {names}.</source>
      <translation>Änderungen bleiben und warten, bis sich jemand bei {names} anmeldet.</translation>
    </message>
    <message>
      <source>Edits are no longer written to</source>
      <translation>Änderungen werden nicht mehr geschrieben in</translation>
    </message>
    <message>
      <source>Edits are not written to {where} in {place}: write-back is off.</source>
      <translation>Änderungen werden nicht in {where} in {place} geschrieben: Zurückschreiben ist aus.</translation>
    </message>
    <message>
      <source>Edits are written to</source>
      <translation>Änderungen werden geschrieben in</translation>
    </message>
    <message>
      <source>Edits that you make in the grid or in a profile wait here until you send them.</source>
      <translation>Änderungen, die Sie in der Tabelle oder in einem Profil machen, warten hier, bis Sie sie senden.</translation>
    </message>
    <message numerus="yes">
      <source>edits the one record, also seen by %n other accounts · </source>
      <translation>
        <numerusform>ändert den einen Datensatz, den auch %n anderer Account zeigt · </numerusform>
        <numerusform>ändert den einen Datensatz, den auch %n andere Accounts zeigen · </numerusform>
      </translation>
    </message>
    <message>
      <source>Edits write to {where} in {place}. Automation in this CRM may run.</source>
      <translation>Änderungen werden in {where} in {place} geschrieben. Automatisierung in diesem CRM kann ausgelöst werden.</translation>
    </message>
    <message>
      <source>Edit…</source>
      <translation>Bearbeiten…</translation>
    </message>
    <message>
      <source>Empty rule</source>
      <translation>Regel für leere Werte</translation>
    </message>
    <message>
      <source>Empty: 587 with STARTTLS, 465 with TLS, 25 without encryption.</source>
      <translation>Leer: 587 mit STARTTLS, 465 mit TLS, 25 ohne Verschlüsselung.</translation>
    </message>
    <message>
      <source>Empty: the server takes mail without a sign-in.</source>
      <translation>Leer: Der Server nimmt Post ohne Anmeldung an.</translation>
    </message>
    <message>
      <source>Enable OAuth. Enter the redirect addresses below as callback URLs, one per line, exactly as they stand here.</source>
      <translation>Schalten Sie OAuth ein. Geben Sie die Weiterleitungsadressen unten als Callback URLs ein, eine je Zeile, genau wie sie hier stehen.</translation>
    </message>
    <message>
      <source>Encoding</source>
      <translation>Kodierung</translation>
    </message>
    <message>
      <source>Encryption</source>
      <translation>Verschlüsselung</translation>
    </message>
    <message>
      <source>ended the process</source>
      <translation>beendete den Prozess</translation>
    </message>
    <message>
      <source>English</source>
      <translation>English</translation>
    </message>
    <message>
      <source>English (United Kingdom)</source>
      <translation>Englisch (Vereinigtes Königreich)</translation>
    </message>
    <message>
      <source>English (United States)</source>
      <translation>Englisch (Vereinigte Staaten)</translation>
    </message>
    <message>
      <source>Enter the redirect address below as authorised redirect URI, exactly as it stands here. With another port, type that port into the form.</source>
      <translation>Geben Sie die Weiterleitungsadresse unten als autorisierte Weiterleitungs-URI ein, genau wie sie hier steht. Bei einem anderen Port geben Sie diesen in das Formular ein.</translation>
    </message>
    <message>
      <source>Enter the redirect addresses below, exactly as they stand here.</source>
      <translation>Geben Sie die Weiterleitungsadressen unten ein, genau wie sie hier stehen.</translation>
    </message>
    <message>
      <source>Entity</source>
      <translation>Entität</translation>
    </message>
    <message>
      <source>Entity added</source>
      <translation>Entität hinzugefügt</translation>
    </message>
    <message>
      <source>Entra object id; needs the privilege prvActOnBehalfOfAnotherUser.</source>
      <translation>Entra-Objekt-Id; braucht das Recht prvActOnBehalfOfAnotherUser.</translation>
    </message>
    <message>
      <source>Entry</source>
      <translation>Eintrag</translation>
    </message>
    <message>
      <source>Environment</source>
      <translation>Umgebung</translation>
    </message>
    <message>
      <source>Environment colour</source>
      <translation>Farbe der Umgebung</translation>
    </message>
    <message>
      <source>Environment word</source>
      <translation>Wort der Umgebung</translation>
    </message>
    <message numerus="yes">
      <source>every %n minutes</source>
      <translation>
        <numerusform>jede %n. Minute</numerusform>
        <numerusform>jede %n. Minute</numerusform>
      </translation>
    </message>
    <message>
      <source>Every account; or a condition such as csm is blank</source>
      <translation>Jeder Account; oder eine Bedingung wie csm is blank</translation>
    </message>
    <message>
      <source>Every act</source>
      <translation>Jede Handlung</translation>
    </message>
    <message>
      <source>Every action has its key; the sheet shows them.</source>
      <translation>Jede Aktion hat ihre Taste; das Blatt zeigt sie.</translation>
    </message>
    <message>
      <source>Every attribute has a line.</source>
      <translation>Jedes Attribut hat eine Zeile.</translation>
    </message>
    <message>
      <source>Every attribute is asked for already.</source>
      <translation>Nach jedem Attribut wird schon gefragt.</translation>
    </message>
    <message>
      <source>Every connection</source>
      <translation>Jede Verbindung</translation>
    </message>
    <message>
      <source>Every day</source>
      <translation>Jeden Tag</translation>
    </message>
    <message>
      <source>every day</source>
      <translation>jeden Tag</translation>
    </message>
    <message>
      <source>every day at {time}</source>
      <translation>jeden Tag um {time}</translation>
    </message>
    <message>
      <source>Every full hour</source>
      <translation>Zu jeder vollen Stunde</translation>
    </message>
    <message>
      <source>Every hour</source>
      <translation>Jede Stunde</translation>
    </message>
    <message>
      <source>every hour at minute {minute}</source>
      <translation>jede Stunde zur Minute {minute}</translation>
    </message>
    <message>
      <source>Every line must hold</source>
      <translation>Jede Zeile muss zutreffen</translation>
    </message>
    <message>
      <source>Every message goes to this host and to no other: {host}</source>
      <translation>Jede Nachricht geht an diesen Host und an keinen anderen: {host}</translation>
    </message>
    <message>
      <source>Every month</source>
      <translation>Jeden Monat</translation>
    </message>
    <message>
      <source>every record</source>
      <translation>jeder Datensatz</translation>
    </message>
    <message>
      <source>Every record is as the CRM is.</source>
      <translation>Jeder Datensatz ist so, wie das CRM ihn hat.</translation>
    </message>
    <message>
      <source>every record that shows it</source>
      <translation>jeder Datensatz, der sie zeigt</translation>
    </message>
    <message>
      <source>Every single edit of a record then goes to {name} ({environment_word}) at once, without Review &amp; send.</source>
      <translation>Jede einzelne Änderung eines Datensatzes geht dann sofort an {name} ({environment_word}), ohne Prüfen &amp; senden.</translation>
    </message>
    <message>
      <source>Every so many minutes</source>
      <translation>Alle paar Minuten</translation>
    </message>
    <message>
      <source>every value fits</source>
      <translation>jeder Wert passt</translation>
    </message>
    <message>
      <source>Every value fits.</source>
      <translation>Jeder Wert passt.</translation>
    </message>
    <message>
      <source>every {days} at {time}</source>
      <translation>jeden {days} um {time}</translation>
    </message>
    <message>
      <source>Everybody</source>
      <translation>Alle Personen</translation>
    </message>
    <message>
      <source>everything for {crm}</source>
      <translation>alles für {crm}</translation>
    </message>
    <message>
      <source>Everything is as written.</source>
      <translation>Alles ist wie geschrieben.</translation>
    </message>
    <message>
      <source>Everything is asked.</source>
      <translation>Alles wird gefragt.</translation>
    </message>
    <message>
      <source>everything is good</source>
      <translation>alles in Ordnung</translation>
    </message>
    <message>
      <source>Everything stays in {workspace}. Nothing is sent home.</source>
      <translation>Alles bleibt in {workspace}. Nichts wird nach Hause gesendet.</translation>
    </message>
    <message>
      <source>Everything that is sent to a CRM becomes a job with an outcome for each row.</source>
      <translation>Alles, was an ein CRM gesendet wird, wird ein Job mit einem Ausgang für jede Zeile.</translation>
    </message>
    <message>
      <source>Everything that the file tells of stands here already.</source>
      <translation>Alles, wovon die Datei erzählt, ist hier schon da.</translation>
    </message>
    <message>
      <source>Everything was written, or is so already.</source>
      <translation>Alles wurde geschrieben oder ist bereits so.</translation>
    </message>
    <message>
      <source>exact</source>
      <translation>genau</translation>
    </message>
    <message>
      <source>Examples</source>
      <translation>Beispiele</translation>
    </message>
    <message>
      <source>Exchanges</source>
      <translation>Anfragen</translation>
    </message>
    <message>
      <source>Exchanges of this connection</source>
      <translation>Anfragen dieser Verbindung</translation>
    </message>
    <message>
      <source>Existing records</source>
      <translation>Vorhandene Datensätze</translation>
    </message>
    <message>
      <source>Export configuration</source>
      <translation>Konfiguration exportieren</translation>
    </message>
    <message>
      <source>Export results</source>
      <translation>Ergebnisse exportieren</translation>
    </message>
    <message>
      <source>Export results…</source>
      <translation>Ergebnisse exportieren…</translation>
    </message>
    <message>
      <source>Export the audit trail</source>
      <translation>Das Prüfprotokoll exportieren</translation>
    </message>
    <message>
      <source>Export the grid</source>
      <translation>Die Tabelle exportieren</translation>
    </message>
    <message>
      <source>Export the grid…</source>
      <translation>Die Tabelle exportieren…</translation>
    </message>
    <message>
      <source>Export the mapping</source>
      <translation>Die Zuordnung exportieren</translation>
    </message>
    <message>
      <source>Export the mapping…</source>
      <translation>Die Zuordnung exportieren…</translation>
    </message>
    <message>
      <source>Export…</source>
      <translation>Exportieren…</translation>
    </message>
    <message>
      <source>Expression</source>
      <translation>Ausdruck</translation>
    </message>
    <message>
      <source>extensions</source>
      <translation>Erweiterungen</translation>
    </message>
    <message>
      <source>Failed</source>
      <translation>Fehlgeschlagen</translation>
    </message>
    <message>
      <source>failed, next {time}</source>
      <translation>fehlgeschlagen, nächster {time}</translation>
    </message>
    <message>
      <source>failed, tried again {time}</source>
      <translation>fehlgeschlagen, erneut {time}</translation>
    </message>
    <message>
      <source>failures</source>
      <translation>Fehlschläge</translation>
    </message>
    <message>
      <source>Feeds</source>
      <translation>Speist</translation>
    </message>
    <message>
      <source>Fewer details</source>
      <translation>Weniger Einzelheiten</translation>
    </message>
    <message>
      <source>Field</source>
      <translation>Feld</translation>
    </message>
    <message>
      <source>Field path</source>
      <translation>Feldpfad</translation>
    </message>
    <message>
      <source>Field that every row writes</source>
      <translation>Feld, das jede Zeile schreibt</translation>
    </message>
    <message>
      <source>Fields</source>
      <translation>Felder</translation>
    </message>
    <message numerus="yes">
      <source>Fields of %n further objects can be written by hand.</source>
      <translation>
        <numerusform>Felder von %n weiteren Objekt können von Hand geschrieben werden.</numerusform>
        <numerusform>Felder von %n weiteren Objekten können von Hand geschrieben werden.</numerusform>
      </translation>
    </message>
    <message>
      <source>Fields that differ</source>
      <translation>Abweichende Felder</translation>
    </message>
    <message>
      <source>Fields, with what references lead to</source>
      <translation>Felder, mit dem, wohin Referenzen führen</translation>
    </message>
    <message>
      <source>Figures</source>
      <translation>Zahlen</translation>
    </message>
    <message>
      <source>Figures of the answers</source>
      <translation>Kennzahlen der Antworten</translation>
    </message>
    <message>
      <source>Figures of the column</source>
      <translation>Zahlen der Spalte</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>file</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>File it would read</source>
      <translation>Datei, die er lesen würde</translation>
    </message>
    <message>
      <source>File write-back</source>
      <translation>Datei zurückschreiben</translation>
    </message>
    <message>
      <source>Files of the bundle</source>
      <translation>Dateien des Bündels</translation>
    </message>
    <message>
      <source>Files on their way</source>
      <translation>Dateien auf dem Weg</translation>
    </message>
    <message>
      <source>Fill down</source>
      <translation>Nach unten füllen</translation>
    </message>
    <message>
      <source>fill in a form</source>
      <translation>Formular ausfüllen</translation>
    </message>
    <message>
      <source>Filter</source>
      <translation>Filter</translation>
    </message>
    <message>
      <source>Filter as text</source>
      <translation>Filter als Text</translation>
    </message>
    <message>
      <source>Filter changed</source>
      <translation>Filter geändert</translation>
    </message>
    <message>
      <source>Filter of {object}</source>
      <translation>Filter von {object}</translation>
    </message>
    <message>
      <source>Filter saved</source>
      <translation>Filter gespeichert</translation>
    </message>
    <message>
      <source>Filter taken away</source>
      <translation>Filter entfernt</translation>
    </message>
    <message>
      <source>Filter the accounts, then save the filter as a segment.</source>
      <translation>Filtern Sie die Accounts, und speichern Sie den Filter dann als Segment.</translation>
    </message>
    <message>
      <source>Filter the grid first.</source>
      <translation>Filtern Sie zuerst die Tabelle.</translation>
    </message>
    <message>
      <source>filters of pulls</source>
      <translation>Filter für Abrufe</translation>
    </message>
    <message>
      <source>Filter…</source>
      <translation>Filter…</translation>
    </message>
    <message>
      <source>Find</source>
      <translation>Suchen</translation>
    </message>
    <message>
      <source>Find a column</source>
      <translation>Spalte suchen</translation>
    </message>
    <message>
      <source>Find a field</source>
      <translation>Feld suchen</translation>
    </message>
    <message>
      <source>Find a plugin</source>
      <translation>Plugin suchen</translation>
    </message>
    <message>
      <source>Find a record, an id or a value</source>
      <translation>Einen Datensatz, eine Id oder einen Wert suchen</translation>
    </message>
    <message>
      <source>Find a task</source>
      <translation>Aufgabe finden</translation>
    </message>
    <message>
      <source>Find an action</source>
      <translation>Aktion suchen</translation>
    </message>
    <message>
      <source>Find an action or a key</source>
      <translation>Eine Aktion oder eine Taste suchen</translation>
    </message>
    <message>
      <source>Find an attribute</source>
      <translation>Attribut suchen</translation>
    </message>
    <message>
      <source>Find and replace</source>
      <translation>Suchen und ersetzen</translation>
    </message>
    <message>
      <source>Find and replace…</source>
      <translation>Suchen und ersetzen…</translation>
    </message>
    <message>
      <source>Find by record: its id in the CRM, or any words</source>
      <translation>Nach Datensatz suchen: seine Id im CRM, oder beliebige Wörter</translation>
    </message>
    <message>
      <source>Find exchanges by record</source>
      <translation>Anfragen nach Datensatz suchen</translation>
    </message>
    <message>
      <source>Find in any text</source>
      <translation>In allen Texten suchen</translation>
    </message>
    <message>
      <source>Find in help</source>
      <translation>In der Hilfe suchen</translation>
    </message>
    <message>
      <source>Find in screen</source>
      <translation>In der Ansicht suchen</translation>
    </message>
    <message>
      <source>Find next</source>
      <translation>Weitersuchen</translation>
    </message>
    <message>
      <source>Find previous</source>
      <translation>Rückwärts weitersuchen</translation>
    </message>
    <message>
      <source>Find rows</source>
      <translation>Zeilen suchen</translation>
    </message>
    <message>
      <source>Finish the lines to see the condition.</source>
      <translation>Vervollständigen Sie die Zeilen, um die Bedingung zu sehen.</translation>
    </message>
    <message>
      <source>Finished</source>
      <translation>Beendet</translation>
    </message>
    <message>
      <source>First column</source>
      <translation>Erste Spalte</translation>
    </message>
    <message>
      <source>First column; with Ctrl first row</source>
      <translation>Erste Spalte; mit Strg erste Zeile</translation>
    </message>
    <message>
      <source>First rows</source>
      <translation>Erste Zeilen</translation>
    </message>
    <message>
      <source>first rows</source>
      <translation>erste Zeilen</translation>
    </message>
    <message>
      <source>First rows of the file</source>
      <translation>Erste Zeilen der Datei</translation>
    </message>
    <message>
      <source>First rows…</source>
      <translation>Erste Zeilen…</translation>
    </message>
    <message>
      <source>First values</source>
      <translation>Erste Werte</translation>
    </message>
    <message>
      <source>fits the key</source>
      <translation>passt zum Schlüssel</translation>
    </message>
    <message>
      <source>Fix and retry…</source>
      <translation>Richten und erneut versuchen…</translation>
    </message>
    <message>
      <source>Fix rows of job {job}</source>
      <translation>Zeilen von Job {job} richten</translation>
    </message>
    <message>
      <source>Fix these rows</source>
      <translation>Diese Zeilen richten</translation>
    </message>
    <message>
      <source>Fix {rows}…</source>
      <translation>{rows} richten…</translation>
    </message>
    <message>
      <source>Flow: authorization code. Require PKCE: on. Require secret for web server flow, and for refresh token flow: off.</source>
      <translation>Ablauf: Authorization Code. Require PKCE: ein. Require secret für den Webserver-Ablauf und für den Refresh-Token-Ablauf: aus.</translation>
    </message>
    <message>
      <source>focus on Cancel</source>
      <translation>Fokus auf Abbrechen</translation>
    </message>
    <message>
      <source>Folder</source>
      <translation>Ordner</translation>
    </message>
    <message>
      <source>Folder with a plugin</source>
      <translation>Ordner mit einem Plugin</translation>
    </message>
    <message>
      <source>follow up</source>
      <translation>nachfassen</translation>
    </message>
    <message>
      <source>font zoom scale accessibility</source>
      <translation>Schrift vergrößern Zoom Barrierefreiheit</translation>
    </message>
    <message>
      <source>For all alike</source>
      <translation>Für alle gleichen</translation>
    </message>
    <message>
      <source>For all alike{many}</source>
      <translation>Für alle gleichen{many}</translation>
    </message>
    <message>
      <source>For eight hours</source>
      <translation>Für acht Stunden</translation>
    </message>
    <message>
      <source>For everybody</source>
      <translation>Für alle</translation>
    </message>
    <message>
      <source>For example</source>
      <translation>Zum Beispiel</translation>
    </message>
    <message>
      <source>For four hours</source>
      <translation>Für vier Stunden</translation>
    </message>
    <message>
      <source>for good</source>
      <translation>für immer</translation>
    </message>
    <message>
      <source>For how long…</source>
      <translation>Wie lange…</translation>
    </message>
    <message>
      <source>For its publisher, {publisher}. Nothing is sent from here: copy or save the report and hand it over yourself. It holds no record and no secret.</source>
      <translation>Für den Herausgeber, {publisher}. Von hier wird nichts gesendet: kopieren oder speichern Sie den Bericht, und geben Sie ihn selbst weiter. Er enthält keinen Datensatz und kein Geheimnis.</translation>
    </message>
    <message>
      <source>For machines without a person: the app signs in as itself, with the rights of its application user.</source>
      <translation>Für Rechner ohne eine Person: die App meldet sich als sie selbst an, mit den Rechten ihres Anwendungsbenutzers.</translation>
    </message>
    <message>
      <source>For moments that name no zone. Leave it empty for plain dates.</source>
      <translation>Für Zeitpunkte, die keine Zone nennen. Lassen Sie es für reine Daten leer.</translation>
    </message>
    <message>
      <source>For one hour</source>
      <translation>Für eine Stunde</translation>
    </message>
    <message>
      <source>For the next file with these columns.</source>
      <translation>Für die nächste Datei mit diesen Spalten.</translation>
    </message>
    <message>
      <source>For you</source>
      <translation>Für Sie</translation>
    </message>
    <message>
      <source>for {who}</source>
      <translation>für {who}</translation>
    </message>
    <message>
      <source>For: {names}</source>
      <translation>Für: {names}</translation>
    </message>
    <message>
      <source>Forget</source>
      <translation>Vergessen</translation>
    </message>
    <message>
      <source>Forget remembered choice</source>
      <translation>Gemerkte Entscheidung vergessen</translation>
    </message>
    <message>
      <source>Forget: {secret}</source>
      <translation>Vergessen: {secret}</translation>
    </message>
    <message>
      <source>Form</source>
      <translation>Formular</translation>
    </message>
    <message>
      <source>Form {name} is deleted. What was filled in with it stays.</source>
      <translation>Formular {name} ist gelöscht. Was damit ausgefüllt wurde, bleibt.</translation>
    </message>
    <message>
      <source>Form {name} is saved.</source>
      <translation>Formular {name} ist gespeichert.</translation>
    </message>
    <message>
      <source>Form: {name}</source>
      <translation>Formular: {name}</translation>
    </message>
    <message>
      <source>Format</source>
      <translation>Format</translation>
    </message>
    <message>
      <source>Formats</source>
      <translation>Formate</translation>
    </message>
    <message>
      <source>Forward</source>
      <translation>Vorwärts</translation>
    </message>
    <message>
      <source>forward: HubSpot leaves a stage as it is when it is set to an earlier one, so such an edit is blocked; clear it first. any: this account takes every stage.</source>
      <translation>forward: HubSpot lässt eine Phase, wie sie ist, wenn sie auf eine frühere gesetzt wird, darum wird eine solche Änderung blockiert; leeren Sie sie zuerst. any: dieses Konto nimmt jede Phase an.</translation>
    </message>
    <message>
      <source>Found</source>
      <translation>Gefunden</translation>
    </message>
    <message>
      <source>Found later</source>
      <translation>Später gefunden</translation>
    </message>
    <message>
      <source>Four simulated CRMs on this computer with 2,000 accounts each. No network, nothing to lose.</source>
      <translation>Vier simulierte CRMs auf diesem Computer mit je 2.000 Accounts. Kein Netzwerk, nichts zu verlieren.</translation>
    </message>
    <message>
      <source>French (France)</source>
      <translation>Französisch (Frankreich)</translation>
    </message>
    <message>
      <source>Friday</source>
      <translation>Freitag</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Aus</translation>
    </message>
    <message>
      <source>from</source>
      <translation>von</translation>
    </message>
    <message>
      <source>from a file…</source>
      <translation>aus einer Datei…</translation>
    </message>
    <message>
      <source>From now on the mapping decides so for {rules}.</source>
      <translation>Ab jetzt entscheidet die Zuordnung so für {rules}.</translation>
    </message>
    <message>
      <source>From the CRM and back</source>
      <translation>Aus dem CRM und zurück</translation>
    </message>
    <message>
      <source>From the CRM and back: {done} of {all} steps</source>
      <translation>Aus dem CRM und zurück: {done} von {all} Schritten</translation>
    </message>
    <message>
      <source>from {names} · read {at}</source>
      <translation>aus {names} · gelesen {at}</translation>
    </message>
    <message>
      <source>from {replace}</source>
      <translation>aus {replace}</translation>
    </message>
    <message>
      <source>From {source}</source>
      <translation>Aus {source}</translation>
    </message>
    <message>
      <source>from {source}</source>
      <translation>aus {source}</translation>
    </message>
    <message>
      <source>from {surface}</source>
      <translation>aus {surface}</translation>
    </message>
    <message>
      <source>Full</source>
      <translation>Voll</translation>
    </message>
    <message>
      <source>Gather</source>
      <translation>Zusammenstellen</translation>
    </message>
    <message>
      <source>Gather the files first.</source>
      <translation>Stellen Sie zuerst die Dateien zusammen.</translation>
    </message>
    <message>
      <source>Gathers what leaves this machine and is not urgent: partial success, drifts, quotas and their ends.</source>
      <translation>Sammelt, was diesen Computer verlässt und nicht dringend ist: Teilerfolge, Schemaänderungen, Kontingente und ihr Ende.</translation>
    </message>
    <message>
      <source>General</source>
      <translation>Allgemein</translation>
    </message>
    <message>
      <source>German (Germany)</source>
      <translation>Deutsch (Deutschland)</translation>
    </message>
    <message>
      <source>German (Switzerland)</source>
      <translation>Deutsch (Schweiz)</translation>
    </message>
    <message>
      <source>Gets</source>
      <translation>Bekommt</translation>
    </message>
    <message>
      <source>Give</source>
      <translation>Geben</translation>
    </message>
    <message numerus="yes">
      <source>Give %n tasks to somebody</source>
      <translation>
        <numerusform>%n Aufgabe jemandem geben</numerusform>
        <numerusform>%n Aufgaben jemandem geben</numerusform>
      </translation>
    </message>
    <message>
      <source>Give a value a meaning first.</source>
      <translation>Geben Sie zuerst einem Wert eine Bedeutung.</translation>
    </message>
    <message>
      <source>Give a value to compare with.</source>
      <translation>Geben Sie einen Wert zum Vergleichen an.</translation>
    </message>
    <message>
      <source>Give it a name, and tick the scopes below for the objects that you are going to write. Leave out what you do not use.</source>
      <translation>Geben Sie ihm einen Namen, und haken Sie die Scopes unten für die Objekte an, die Sie schreiben wollen. Lassen Sie weg, was Sie nicht verwenden.</translation>
    </message>
    <message>
      <source>Give it the scopes below.</source>
      <translation>Geben Sie ihr die Scopes unten.</translation>
    </message>
    <message>
      <source>Give it the scopes below: manage user data via APIs (api), perform requests at any time (refresh_token), access the identity URL service (id).</source>
      <translation>Geben Sie ihr die Scopes unten: manage user data via APIs (api), perform requests at any time (refresh_token), access the identity URL service (id).</translation>
    </message>
    <message>
      <source>Give the application user a security role that may read and write the tables you need.</source>
      <translation>Geben Sie dem Anwendungsbenutzer eine Sicherheitsrolle, die die nötigen Tabellen lesen und schreiben darf.</translation>
    </message>
    <message>
      <source>Give the campaign a name first.</source>
      <translation>Geben Sie der Kampagne zuerst einen Namen.</translation>
    </message>
    <message>
      <source>Give the default as it is typed in a form.</source>
      <translation>Geben Sie den Standardwert an, wie er in ein Formular getippt wird.</translation>
    </message>
    <message>
      <source>Give the form a name first.</source>
      <translation>Geben Sie dem Formular zuerst einen Namen.</translation>
    </message>
    <message>
      <source>Give the play a name first.</source>
      <translation>Geben Sie dem SuccessPlay zuerst einen Namen.</translation>
    </message>
    <message>
      <source>Give the role a name first.</source>
      <translation>Geben Sie der Rolle zuerst einen Namen.</translation>
    </message>
    <message>
      <source>Give the value.</source>
      <translation>Geben Sie den Wert an.</translation>
    </message>
    <message>
      <source>Give to…</source>
      <translation>Geben an…</translation>
    </message>
    <message>
      <source>Given to</source>
      <translation>Zuständig</translation>
    </message>
    <message>
      <source>given up</source>
      <translation>aufgegeben</translation>
    </message>
    <message>
      <source>Global admin</source>
      <translation>Globaler Admin</translation>
    </message>
    <message>
      <source>Go on</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Go on with all jobs</source>
      <translation>Mit allen Jobs fortfahren</translation>
    </message>
    <message>
      <source>Go on with the type {now}</source>
      <translation>Mit dem Typ {now} fortfahren</translation>
    </message>
    <message>
      <source>Go on with them</source>
      <translation>Damit fortfahren</translation>
    </message>
    <message>
      <source>Go on: {step}</source>
      <translation>Weiter: {step}</translation>
    </message>
    <message>
      <source>Go there</source>
      <translation>Hingehen</translation>
    </message>
    <message>
      <source>Go to</source>
      <translation>Gehe zu</translation>
    </message>
    <message>
      <source>Go to accounts</source>
      <translation>Zu den Accounts</translation>
    </message>
    <message>
      <source>Go to connections</source>
      <translation>Zu den Verbindungen</translation>
    </message>
    <message>
      <source>Go to objects &amp; mapping</source>
      <translation>Zu Objekte &amp; Zuordnung</translation>
    </message>
    <message>
      <source>Go to review &amp; send</source>
      <translation>Zu Prüfen &amp; senden</translation>
    </message>
    <message>
      <source>Go to the plan…</source>
      <translation>Zum Plan…</translation>
    </message>
    <message>
      <source>Goes on under the CRM's new description for what stops nothing.</source>
      <translation>Fährt für alles, was nichts aufhält, mit der neuen Beschreibung des CRM fort.</translation>
    </message>
    <message>
      <source>going on</source>
      <translation>läuft</translation>
    </message>
    <message>
      <source>Gold</source>
      <translation>Gold</translation>
    </message>
    <message>
      <source>gone</source>
      <translation>nicht mehr vorhanden</translation>
    </message>
    <message>
      <source>gone from the CRM</source>
      <translation>im CRM nicht mehr vorhanden</translation>
    </message>
    <message>
      <source>good</source>
      <translation>gut</translation>
    </message>
    <message>
      <source>Grant code</source>
      <translation>Freigabecode</translation>
    </message>
    <message>
      <source>Green</source>
      <translation>Grün</translation>
    </message>
    <message>
      <source>Grey</source>
      <translation>Grau</translation>
    </message>
    <message>
      <source>grid</source>
      <translation>Tabelle</translation>
    </message>
    <message>
      <source>Guard</source>
      <translation>Schutzgrenze</translation>
    </message>
    <message>
      <source>guard limit safety approval bulk blanks quota reserve echo override</source>
      <translation>Schutzgrenze Grenze Sicherheit Freigabe Masse leer Kontingent Reserve Echo übergehen guard limit safety approval bulk blanks quota override</translation>
    </message>
    <message>
      <source>Guard limits</source>
      <translation>Schutzgrenzen</translation>
    </message>
    <message>
      <source>Guard limits changed</source>
      <translation>Schutzgrenzen geändert</translation>
    </message>
    <message>
      <source>Guard overridden</source>
      <translation>Schutzgrenze übergangen</translation>
    </message>
    <message>
      <source>Guards</source>
      <translation>Schutzgrenzen</translation>
    </message>
    <message>
      <source>guards</source>
      <translation>Schutzgrenzen</translation>
    </message>
    <message>
      <source>Guards overridden</source>
      <translation>Schutzgrenzen übergangen</translation>
    </message>
    <message>
      <source>h</source>
      <translation>h</translation>
    </message>
    <message>
      <source>Has</source>
      <translation>Hat</translation>
    </message>
    <message>
      <source>has a draft</source>
      <translation>hat einen Entwurf</translation>
    </message>
    <message>
      <source>has conflicts</source>
      <translation>hat Konflikte</translation>
    </message>
    <message>
      <source>has edits under way</source>
      <translation>hat laufende Änderungen</translation>
    </message>
    <message>
      <source>has pending edits</source>
      <translation>hat ausstehende Änderungen</translation>
    </message>
    <message>
      <source>has queued edits</source>
      <translation>hat eingereihte Änderungen</translation>
    </message>
    <message>
      <source>has refused edits</source>
      <translation>hat abgelehnte Änderungen</translation>
    </message>
    <message>
      <source>has the domain</source>
      <translation>hat die Domain</translation>
    </message>
    <message>
      <source>has the value</source>
      <translation>den Wert hat</translation>
    </message>
    <message>
      <source>Has to be filled in</source>
      <translation>Muss ausgefüllt werden</translation>
    </message>
    <message>
      <source>has unknown outcomes</source>
      <translation>hat unbekannte Ausgänge</translation>
    </message>
    <message>
      <source>Hash</source>
      <translation>Hash</translation>
    </message>
    <message>
      <source>hash chain</source>
      <translation>Hashkette</translation>
    </message>
    <message>
      <source>Hash of its files: {hash}</source>
      <translation>Hash der Dateien: {hash}</translation>
    </message>
    <message>
      <source>Have the note back</source>
      <translation>Notiz zurückholen</translation>
    </message>
    <message>
      <source>Head of the chain</source>
      <translation>Kopf der Kette</translation>
    </message>
    <message>
      <source>Heading</source>
      <translation>Überschrift</translation>
    </message>
    <message>
      <source>Heading of the section</source>
      <translation>Überschrift des Abschnitts</translation>
    </message>
    <message>
      <source>Height of the rows of tables.</source>
      <translation>Höhe der Zeilen von Tabellen.</translation>
    </message>
    <message>
      <source>held</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>Held by a blackout</source>
      <translation>Durch eine Sperrzeit gehalten</translation>
    </message>
    <message>
      <source>Held by a blackout until {time}</source>
      <translation>Sperrzeit bis {time}</translation>
    </message>
    <message>
      <source>Held run of a play decided</source>
      <translation>Angehaltener Lauf eines SuccessPlays entschieden</translation>
    </message>
    <message>
      <source>held until {time}</source>
      <translation>gehalten bis {time}</translation>
    </message>
    <message>
      <source>Hello,

I use Writeback, a desktop program that writes reviewed changes of our customer data back into {product}. It runs on my computer and signs in as me. It needs this:</source>
      <translation>Guten Tag,

ich verwende Writeback, ein Desktop-Programm, das geprüfte Änderungen unserer Kundendaten in {product} zurückschreibt. Es läuft auf meinem Computer und meldet sich als ich an. Es braucht dies:</translation>
    </message>
    <message>
      <source>Help</source>
      <translation>Hilfe</translation>
    </message>
    <message>
      <source>Help for this screen</source>
      <translation>Hilfe zu dieser Ansicht</translation>
    </message>
    <message>
      <source>Here</source>
      <translation>Hier</translation>
    </message>
    <message>
      <source>hide column</source>
      <translation>Spalte ausblenden</translation>
    </message>
    <message>
      <source>Hide them</source>
      <translation>Ausblenden</translation>
    </message>
    <message>
      <source>Hide traceback</source>
      <translation>Traceback ausblenden</translation>
    </message>
    <message>
      <source>High contrast</source>
      <translation>Hoher Kontrast</translation>
    </message>
    <message>
      <source>High contrast theme</source>
      <translation>Design mit hohem Kontrast</translation>
    </message>
    <message>
      <source>Highest score</source>
      <translation>Höchste Punktzahl</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>History of the note</source>
      <translation>Verlauf der Notiz</translation>
    </message>
    <message>
      <source>History of the note: {text}</source>
      <translation>Verlauf der Notiz: {text}</translation>
    </message>
    <message>
      <source>history of values</source>
      <translation>Verlauf der Werte</translation>
    </message>
    <message>
      <source>History of values is kept for</source>
      <translation>Verlauf von Werten wird aufbewahrt für</translation>
    </message>
    <message>
      <source>Hold sending too</source>
      <translation>Auch das Senden anhalten</translation>
    </message>
    <message>
      <source>holds {held}</source>
      <translation>enthält {held}</translation>
    </message>
    <message>
      <source>Home</source>
      <translation>Start</translation>
    </message>
    <message>
      <source>hooks</source>
      <translation>Hooks</translation>
    </message>
    <message>
      <source>Host for uploads</source>
      <translation>Host für Uploads</translation>
    </message>
    <message>
      <source>hours</source>
      <translation>Stunden</translation>
    </message>
    <message>
      <source>How are these written?</source>
      <translation>Wie sind diese geschrieben?</translation>
    </message>
    <message>
      <source>How many batches one worker sends at the same time; a connection's own limit may be lower.</source>
      <translation>Wie viele Stapel ein Worker gleichzeitig sendet; die eigene Grenze einer Verbindung kann niedriger sein.</translation>
    </message>
    <message>
      <source>How many each would have</source>
      <translation>Wie viele jeder hätte</translation>
    </message>
    <message>
      <source>How many records</source>
      <translation>Wie viele Datensätze</translation>
    </message>
    <message>
      <source>how many records show it is not known</source>
      <translation>wie viele Datensätze ihn zeigen, ist nicht bekannt</translation>
    </message>
    <message>
      <source>how many records show them is not known</source>
      <translation>wie viele Datensätze sie zeigen, ist nicht bekannt</translation>
    </message>
    <message>
      <source>How notices leave this machine, and which of them.</source>
      <translation>Wie Meldungen diesen Computer verlassen, und welche.</translation>
    </message>
    <message>
      <source>How numbers, dates and times are written.</source>
      <translation>Wie Zahlen, Daten und Uhrzeiten geschrieben werden.</translation>
    </message>
    <message>
      <source>How often</source>
      <translation>Wie oft</translation>
    </message>
    <message>
      <source>How the field writes it</source>
      <translation>Wie das Feld es schreibt</translation>
    </message>
    <message>
      <source>how to</source>
      <translation>wie man</translation>
    </message>
    <message>
      <source>How to sign in</source>
      <translation>Art der Anmeldung</translation>
    </message>
    <message>
      <source>http https firewall</source>
      <translation>HTTP HTTPS Firewall</translation>
    </message>
    <message>
      <source>http://HOST:PORT</source>
      <translation>http://HOST:PORT</translation>
    </message>
    <message>
      <source>http://HOST:PORT, without a password. WRITEBACK_PROXY of the environment comes first.</source>
      <translation>http://HOST:PORT, ohne Passwort. WRITEBACK_PROXY der Umgebung geht vor.</translation>
    </message>
    <message>
      <source>HubSpot</source>
      <translation>HubSpot</translation>
    </message>
    <message>
      <source>Icon</source>
      <translation>Symbol</translation>
    </message>
    <message>
      <source>Id</source>
      <translation>Id</translation>
    </message>
    <message>
      <source>Id of a record, the CRM's or ours</source>
      <translation>Id eines Datensatzes, die des CRM oder unsere</translation>
    </message>
    <message>
      <source>id, ours or the CRM's</source>
      <translation>Id, unsere oder die des CRMs</translation>
    </message>
    <message>
      <source>Ids of up to three registered steps, separated by commas.</source>
      <translation>Ids von bis zu drei registrierten Schritten, durch Kommas getrennt.</translation>
    </message>
    <message>
      <source>If the browser runs on another computer</source>
      <translation>Wenn der Browser auf einem anderen Computer läuft</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Übernehmen</translation>
    </message>
    <message>
      <source>import</source>
      <translation>importieren</translation>
    </message>
    <message numerus="yes">
      <source>Import %n parts</source>
      <translation>
        <numerusform>%n Teil übernehmen</numerusform>
        <numerusform>%n Teile übernehmen</numerusform>
      </translation>
    </message>
    <message>
      <source>Import a file of answers to a survey: they are matched to your records, and the newest score of each becomes a value that can be written to your CRMs.</source>
      <translation>Importieren Sie eine Datei mit Antworten auf eine Umfrage: Sie werden Ihren Datensätzen zugeordnet, und die neueste Punktzahl wird zu einem Wert, der in Ihre CRMs geschrieben werden kann.</translation>
    </message>
    <message>
      <source>Import a mapping</source>
      <translation>Eine Zuordnung importieren</translation>
    </message>
    <message>
      <source>Import a mapping…</source>
      <translation>Eine Zuordnung importieren…</translation>
    </message>
    <message>
      <source>Import and review…</source>
      <translation>Importieren und prüfen…</translation>
    </message>
    <message>
      <source>Import answers…</source>
      <translation>Antworten importieren…</translation>
    </message>
    <message>
      <source>Import configuration</source>
      <translation>Konfiguration übernehmen</translation>
    </message>
    <message>
      <source>Import configuration…</source>
      <translation>Konfiguration übernehmen…</translation>
    </message>
    <message>
      <source>Import more…</source>
      <translation>Weitere importieren…</translation>
    </message>
    <message>
      <source>Import only</source>
      <translation>Nur importieren</translation>
    </message>
    <message>
      <source>Import the answers first.</source>
      <translation>Importieren Sie zuerst die Antworten.</translation>
    </message>
    <message>
      <source>Import the answers with one of the buttons above.</source>
      <translation>Importieren Sie die Antworten mit einer der Schaltflächen oben.</translation>
    </message>
    <message>
      <source>Import {file}</source>
      <translation>{file} übernehmen</translation>
    </message>
    <message>
      <source>Imported</source>
      <translation>Übernommen</translation>
    </message>
    <message>
      <source>Imported before</source>
      <translation>Früher importiert</translation>
    </message>
    <message>
      <source>Import…</source>
      <translation>Übernehmen…</translation>
    </message>
    <message>
      <source>In a role, unmatched</source>
      <translation>In einer Rolle, nicht zugeordnet</translation>
    </message>
    <message>
      <source>in batches</source>
      <translation>in Stapeln</translation>
    </message>
    <message>
      <source>In capitals</source>
      <translation>In Großbuchstaben</translation>
    </message>
    <message>
      <source>in conflict</source>
      <translation>im Konflikt</translation>
    </message>
    <message>
      <source>In HubSpot, in a developer account or a project of yours: make an app, distribution private, authentication OAuth.</source>
      <translation>In HubSpot, in einem Entwicklerkonto oder einem Projekt von Ihnen: erstellen Sie eine App, Verteilung private, Authentifizierung OAuth.</translation>
    </message>
    <message>
      <source>In HubSpot: Development, Keys, Service keys, Create. You need to be super admin or have developer permissions.</source>
      <translation>In HubSpot: Development, Keys, Service keys, Create. Sie müssen Super-Admin sein oder Entwicklerrechte haben.</translation>
    </message>
    <message>
      <source>in no CRM that takes it</source>
      <translation>in keinem CRM, das es nimmt</translation>
    </message>
    <message>
      <source>In Salesforce: Setup, External Client App Manager, New External Client App. Give it a name and a contact; distribution: Local.</source>
      <translation>In Salesforce: Setup, External Client App Manager, New External Client App. Geben Sie ihr einen Namen und einen Kontakt; Distribution: Local.</translation>
    </message>
    <message>
      <source>In small letters</source>
      <translation>In Kleinbuchstaben</translation>
    </message>
    <message>
      <source>In tables and fields</source>
      <translation>In Tabellen und Feldern</translation>
    </message>
    <message>
      <source>In the CRM</source>
      <translation>Im CRM</translation>
    </message>
    <message>
      <source>in the CRM</source>
      <translation>im CRM</translation>
    </message>
    <message>
      <source>In the CRM (last read)</source>
      <translation>Im CRM (zuletzt gelesen)</translation>
    </message>
    <message>
      <source>In the CRM before</source>
      <translation>Vorher im CRM</translation>
    </message>
    <message>
      <source>In the CRM now</source>
      <translation>Jetzt im CRM</translation>
    </message>
    <message>
      <source>In the CRM now: {old}.</source>
      <translation>Jetzt im CRM: {old}.</translation>
    </message>
    <message>
      <source>In the CRM: {value}</source>
      <translation>Im CRM: {value}</translation>
    </message>
    <message>
      <source>In the CRMs</source>
      <translation>In den CRMs</translation>
    </message>
    <message>
      <source>In the Entra admin centre: App registrations, New registration. Accounts in this organizational directory only.</source>
      <translation>Im Entra Admin Center: App registrations, New registration. Nur Konten in diesem Organisationsverzeichnis.</translation>
    </message>
    <message>
      <source>In the Entra admin centre: App registrations, New registration; then Certificates &amp; secrets, New client secret. Copy its value at once.</source>
      <translation>Im Entra Admin Center: App registrations, New registration; dann Certificates &amp; secrets, New client secret. Kopieren Sie den Wert gleich.</translation>
    </message>
    <message>
      <source>In the Power Platform admin centre: the environment, Settings, Users + permissions, Application users, New app user. Choose the registration.</source>
      <translation>Im Power Platform Admin Center: die Umgebung, Settings, Users + permissions, Application users, New app user. Wählen Sie die Registrierung.</translation>
    </message>
    <message>
      <source>In the window</source>
      <translation>Im Fenster</translation>
    </message>
    <message>
      <source>In the window and the tray</source>
      <translation>Im Fenster und in der Leiste</translation>
    </message>
    <message>
      <source>in use</source>
      <translation>in Gebrauch</translation>
    </message>
    <message>
      <source>in {links} CRMs · </source>
      <translation>in {links} CRMs · </translation>
    </message>
    <message>
      <source>In {product}, beforehand</source>
      <translation>In {product}, vorher</translation>
    </message>
    <message>
      <source>In {sources} CRMs</source>
      <translation>In {sources} CRMs</translation>
    </message>
    <message>
      <source>in {targets} CRMs</source>
      <translation>in {targets} CRMs</translation>
    </message>
    <message>
      <source>Inactive</source>
      <translation>Inaktiv</translation>
    </message>
    <message>
      <source>inactive</source>
      <translation>inaktiv</translation>
    </message>
    <message>
      <source>inbox</source>
      <translation>Posteingang</translation>
    </message>
    <message>
      <source>Insight form</source>
      <translation>Insight-Formular</translation>
    </message>
    <message>
      <source>insight form</source>
      <translation>Insight-Formular</translation>
    </message>
    <message>
      <source>Insight forms</source>
      <translation>Insight-Formulare</translation>
    </message>
    <message>
      <source>Inspector</source>
      <translation>Inspektor</translation>
    </message>
    <message>
      <source>Install a folder…</source>
      <translation>Ordner installieren…</translation>
    </message>
    <message>
      <source>Install a plugin</source>
      <translation>Plugin installieren</translation>
    </message>
    <message>
      <source>Install a wheel…</source>
      <translation>Wheel installieren…</translation>
    </message>
    <message>
      <source>Installed plugins</source>
      <translation>Installierte Plugins</translation>
    </message>
    <message>
      <source>Installed. It runs once you allowed it.</source>
      <translation>Installiert. Es läuft, sobald Sie es erlaubt haben.</translation>
    </message>
    <message>
      <source>Integration</source>
      <translation>Integration</translation>
    </message>
    <message>
      <source>Integration added</source>
      <translation>Integration hinzugefügt</translation>
    </message>
    <message>
      <source>Integrations</source>
      <translation>Integrationen</translation>
    </message>
    <message>
      <source>Integrations ({count})</source>
      <translation>Integrationen ({count})</translation>
    </message>
    <message>
      <source>Integrations that sign in with user name, password and security token are not offered: Salesforce retired that log-in.</source>
      <translation>Integrationen, die sich mit Benutzername, Passwort und Sicherheitstoken anmelden, werden nicht angeboten: Salesforce hat diese Anmeldung abgeschafft.</translation>
    </message>
    <message>
      <source>Internal value in the CRM: {theirs}</source>
      <translation>Interner Wert im CRM: {theirs}</translation>
    </message>
    <message>
      <source>Into</source>
      <translation>Wird zu</translation>
    </message>
    <message>
      <source>into Writeback only</source>
      <translation>nur nach Writeback</translation>
    </message>
    <message>
      <source>invalid_client: the client belongs to another data centre. Choose the sign-in server that the console has in its address.</source>
      <translation>invalid_client: der Client gehört zu einem anderen Rechenzentrum. Wählen Sie den Anmeldeserver, den die Konsole in ihrer Adresse hat.</translation>
    </message>
    <message>
      <source>invalid_client: the client belongs to another data centre. The client is registered where the console's address ends.</source>
      <translation>invalid_client: der Client gehört zu einem anderen Rechenzentrum. Der Client ist dort registriert, wo die Adresse der Konsole endet.</translation>
    </message>
    <message>
      <source>invalid_code: the code was used already, or its minutes are over (three, where none were chosen). Make another one.</source>
      <translation>invalid_code: der Code wurde schon verwendet, oder seine Minuten sind um (drei, wo keine gewählt wurden). Erstellen Sie einen anderen.</translation>
    </message>
    <message>
      <source>is</source>
      <translation>ist</translation>
    </message>
    <message>
      <source>is at least</source>
      <translation>ist mindestens</translation>
    </message>
    <message>
      <source>is at most</source>
      <translation>ist höchstens</translation>
    </message>
    <message>
      <source>is being sent</source>
      <translation>wird gesendet</translation>
    </message>
    <message>
      <source>is blank</source>
      <translation>ist leer</translation>
    </message>
    <message>
      <source>is called so</source>
      <translation>heißt so</translation>
    </message>
    <message>
      <source>is filled</source>
      <translation>ist ausgefüllt</translation>
    </message>
    <message>
      <source>is less than</source>
      <translation>ist kleiner als</translation>
    </message>
    <message>
      <source>is more than</source>
      <translation>ist größer als</translation>
    </message>
    <message>
      <source>is none of</source>
      <translation>ist keines von</translation>
    </message>
    <message>
      <source>is not</source>
      <translation>ist nicht</translation>
    </message>
    <message>
      <source>Is now</source>
      <translation>Ist jetzt</translation>
    </message>
    <message>
      <source>is one of</source>
      <translation>ist eines von</translation>
    </message>
    <message>
      <source>It asks for something that is not there any more.</source>
      <translation>Es fragt nach etwas, das es nicht mehr gibt.</translation>
    </message>
    <message>
      <source>It belongs to Writeback itself.</source>
      <translation>Es gehört zu Writeback selbst.</translation>
    </message>
    <message>
      <source>It can: {abilities}.</source>
      <translation>Es kann: {abilities}.</translation>
    </message>
    <message>
      <source>It cannot be saved: {problem}</source>
      <translation>Das kann nicht gespeichert werden: {problem}</translation>
    </message>
    <message>
      <source>It changed in the CRM since you last saw it.</source>
      <translation>Es hat sich im CRM geändert, seit Sie es zuletzt gesehen haben.</translation>
    </message>
    <message>
      <source>It collects what else is changed for {seconds} s, then starts.</source>
      <translation>Er sammelt {seconds} s lang, was noch geändert wird, dann beginnt er.</translation>
    </message>
    <message>
      <source>it did not answer and was ended</source>
      <translation>es hat nicht geantwortet und wurde beendet</translation>
    </message>
    <message>
      <source>It does not lie in the plugin folder; remove it with what installed it.</source>
      <translation>Es liegt nicht im Plugin-Ordner; entfernen Sie es damit, womit es installiert wurde.</translation>
    </message>
    <message>
      <source>It does not run.</source>
      <translation>Es läuft nicht.</translation>
    </message>
    <message>
      <source>It does not wait for its moment.</source>
      <translation>Er wartet nicht auf seinen Zeitpunkt.</translation>
    </message>
    <message>
      <source>it ended the process that it ran in; plugins of others are off</source>
      <translation>es hat den Prozess beendet, in dem es lief; Plugins anderer sind aus</translation>
    </message>
    <message>
      <source>it failed in the middle of its work</source>
      <translation>es ist mitten in seiner Arbeit fehlgeschlagen</translation>
    </message>
    <message>
      <source>It goes to {names}. It can be undone as jobs of its own.</source>
      <translation>Es geht an {names}. Es kann als eigene Jobs rückgängig gemacht werden.</translation>
    </message>
    <message>
      <source>It has no key.</source>
      <translation>Sie hat keine Taste.</translation>
    </message>
    <message>
      <source>It has not run yet.</source>
      <translation>Es ist noch nicht gelaufen.</translation>
    </message>
    <message>
      <source>It has the key we ship.</source>
      <translation>Sie hat die mitgelieferte Taste.</translation>
    </message>
    <message>
      <source>It holds from the next start of the window.</source>
      <translation>Es gilt ab dem nächsten Start des Fensters.</translation>
    </message>
    <message>
      <source>It is a role. Take the role away first.</source>
      <translation>Es ist eine Rolle. Nehmen Sie zuerst die Rolle weg.</translation>
    </message>
    <message>
      <source>It is asked always, so no value is compared.</source>
      <translation>Es wird immer gefragt, also wird kein Wert verglichen.</translation>
    </message>
    <message>
      <source>It is being counted.</source>
      <translation>Es wird gezählt.</translation>
    </message>
    <message>
      <source>It is being handed over.</source>
      <translation>Es wird übergeben.</translation>
    </message>
    <message>
      <source>It is being saved.</source>
      <translation>Es wird gespeichert.</translation>
    </message>
    <message>
      <source>It is kept for this campaign: its next files find it by themselves.</source>
      <translation>Es wird für diese Kampagne gespeichert: ihre nächsten Dateien finden ihn von selbst.</translation>
    </message>
    <message>
      <source>it is no UTF-8 text</source>
      <translation>sie ist kein UTF-8-Text</translation>
    </message>
    <message>
      <source>It is not sent, so there is nothing to tick.</source>
      <translation>Sie wird nicht gesendet, darum gibt es nichts anzuhaken.</translation>
    </message>
    <message>
      <source>It is off already.</source>
      <translation>Es ist schon aus.</translation>
    </message>
    <message>
      <source>It is planned and shown like a column of the file. Empty: nothing is written.</source>
      <translation>Es wird geplant und gezeigt wie eine Spalte der Datei. Leer: nichts wird geschrieben.</translation>
    </message>
    <message>
      <source>It is pulled only when somebody asks.</source>
      <translation>Abgerufen wird nur auf Wunsch.</translation>
    </message>
    <message>
      <source>It is remembered. This plan stays as it was: make it anew where it came from.</source>
      <translation>Gemerkt. Dieser Plan bleibt, wie er war: Neu erstellt wird er dort, woher er kam.</translation>
    </message>
    <message>
      <source>It is sent when the CRM answers; until then it waits.</source>
      <translation>Es wird gesendet, wenn das CRM antwortet; bis dahin wartet es.</translation>
    </message>
    <message>
      <source>It is the first already.</source>
      <translation>Es ist schon das erste.</translation>
    </message>
    <message>
      <source>It is the last already.</source>
      <translation>Es ist schon das letzte.</translation>
    </message>
    <message>
      <source>It is the last one already.</source>
      <translation>Sie ist schon die letzte.</translation>
    </message>
    <message>
      <source> It is tried again.</source>
      <translation> Es wird erneut versucht.</translation>
    </message>
    <message>
      <source> It is {person} now.</source>
      <translation> Jetzt ist es {person}.</translation>
    </message>
    <message>
      <source>It is {type} now.</source>
      <translation>Jetzt ist es {type}.</translation>
    </message>
    <message>
      <source>It keeps the kind of records that it was made for.</source>
      <translation>Die Art der Datensätze, für die es angelegt wurde, bleibt.</translation>
    </message>
    <message>
      <source>It lies in a folder that you trust.</source>
      <translation>Er liegt in einem Ordner, dem Sie vertrauen.</translation>
    </message>
    <message>
      <source>It lies in your data folder.</source>
      <translation>Er liegt in Ihrem Datenordner.</translation>
    </message>
    <message>
      <source>It names something that is gone: edit it.</source>
      <translation>Es nennt etwas, das es nicht mehr gibt: Bearbeiten Sie es.</translation>
    </message>
    <message>
      <source>It only makes tasks.</source>
      <translation>Es legt nur Aufgaben an.</translation>
    </message>
    <message>
      <source>It runs when somebody says so: dry first, then really.</source>
      <translation>Es läuft, wenn jemand es sagt: erst zur Probe, dann wirklich.</translation>
    </message>
    <message>
      <source>It stands behind the first column already.</source>
      <translation>Sie steht schon hinter der ersten Spalte.</translation>
    </message>
    <message>
      <source>it stays as it is, the rest is sent</source>
      <translation>sie bleibt, wie sie ist, der Rest wird gesendet</translation>
    </message>
    <message>
      <source>It talks to: {hosts}.</source>
      <translation>Es spricht mit: {hosts}.</translation>
    </message>
    <message>
      <source>It was allowed before, and differs: {what}.</source>
      <translation>Es war schon erlaubt und weicht ab: {what}.</translation>
    </message>
    <message>
      <source>It was not made on this computer by you, and you did not say yet.</source>
      <translation>Er wurde nicht von Ihnen auf diesem Computer angelegt, und Sie haben sich noch nicht entschieden.</translation>
    </message>
    <message>
      <source>Its condition cannot be read any more.</source>
      <translation>Seine Bedingung kann nicht mehr gelesen werden.</translation>
    </message>
    <message>
      <source>Its files go from the plugin folder. Connections that use it stay, and their jobs wait.</source>
      <translation>Seine Dateien verschwinden aus dem Plugin-Ordner. Verbindungen, die es verwenden, bleiben, und ihre Jobs warten.</translation>
    </message>
    <message>
      <source>Its filter selects nothing.</source>
      <translation>Sein Filter wählt nichts aus.</translation>
    </message>
    <message>
      <source>Its form cannot be filled in: complete without writing.</source>
      <translation>Ihr Formular kann nicht ausgefüllt werden: schließen Sie ohne Schreiben ab.</translation>
    </message>
    <message>
      <source>Its form cannot be read: complete without writing.</source>
      <translation>Ihr Formular kann nicht gelesen werden: schließen Sie ohne Schreiben ab.</translation>
    </message>
    <message>
      <source>its id</source>
      <translation>ihre ID</translation>
    </message>
    <message>
      <source>Its name looks like {other}, which belongs to Writeback. It is somebody else's.</source>
      <translation>Sein Name ähnelt {other}, das zu Writeback gehört. Es stammt von jemand anderem.</translation>
    </message>
    <message>
      <source>Its objects and fields appear here.</source>
      <translation>Seine Objekte und Felder erscheinen hier.</translation>
    </message>
    <message>
      <source>Its plugin is not there, or may not run.</source>
      <translation>Sein Plugin ist nicht da oder darf nicht laufen.</translation>
    </message>
    <message>
      <source>Its record was found; the row is left over for another reason.</source>
      <translation>Ihr Datensatz wurde gefunden; die Zeile bleibt aus einem anderen Grund übrig.</translation>
    </message>
    <message>
      <source>its results are read</source>
      <translation>seine Ergebnisse werden gelesen</translation>
    </message>
    <message>
      <source>Its state</source>
      <translation>Dessen Zustand</translation>
    </message>
    <message>
      <source>Its value, not its id. Kept in the vault alone.</source>
      <translation>Sein Wert, nicht seine Id. Nur im Tresor aufbewahrt.</translation>
    </message>
    <message>
      <source>Its values go to</source>
      <translation>Seine Werte gehen an</translation>
    </message>
    <message>
      <source>Japanese (Shift JIS)</source>
      <translation>Japanisch (Shift JIS)</translation>
    </message>
    <message>
      <source>Job</source>
      <translation>Job</translation>
    </message>
    <message>
      <source>job</source>
      <translation>Job</translation>
    </message>
    <message>
      <source>Job at the CRM</source>
      <translation>Job beim CRM</translation>
    </message>
    <message>
      <source>Job cancelled</source>
      <translation>Job abgebrochen</translation>
    </message>
    <message>
      <source>Job joined another that collects</source>
      <translation>Job zu einem sammelnden dazugekommen</translation>
    </message>
    <message>
      <source>Job paused</source>
      <translation>Job angehalten</translation>
    </message>
    <message>
      <source>Job resumed</source>
      <translation>Job fortgesetzt</translation>
    </message>
    <message>
      <source>Job sent without waiting</source>
      <translation>Job ohne Warten gesendet</translation>
    </message>
    <message>
      <source>Job stopped</source>
      <translation>Job gestoppt</translation>
    </message>
    <message>
      <source>Job submitted</source>
      <translation>Job eingereicht</translation>
    </message>
    <message>
      <source>job {job_number}</source>
      <translation>Job {job_number}</translation>
    </message>
    <message>
      <source>Job {job}</source>
      <translation>Job {job}</translation>
    </message>
    <message>
      <source>Job {job}: {state}.</source>
      <translation>Job {job}: {state}.</translation>
    </message>
    <message>
      <source>job {numbers}: it writes the same records first</source>
      <translation>Auftrag {numbers}: schreibt dieselben Datensätze zuerst</translation>
    </message>
    <message>
      <source>Job {number}</source>
      <translation>Job {number}</translation>
    </message>
    <message>
      <source>job {number}</source>
      <translation>Job {number}</translation>
    </message>
    <message>
      <source>Job {number}  {share} %</source>
      <translation>Job {number}  {share} %</translation>
    </message>
    <message>
      <source>Job {number} is at work: {done} of {rows} rows</source>
      <translation>Job {number} ist in Arbeit: {done} von {rows} Zeilen</translation>
    </message>
    <message>
      <source>Job {number} to {connection}: {state}</source>
      <translation>Job {number} an {connection}: {state}</translation>
    </message>
    <message>
      <source>Job {number} · {connection}</source>
      <translation>Job {number} · {connection}</translation>
    </message>
    <message>
      <source>Job {number} · {connection} · {state}</source>
      <translation>Job {number} · {connection} · {state}</translation>
    </message>
    <message>
      <source>Jobs</source>
      <translation>Jobs</translation>
    </message>
    <message>
      <source>Jobs ({count} open)</source>
      <translation>Jobs ({count} offen)</translation>
    </message>
    <message>
      <source>Jobs of this connection</source>
      <translation>Jobs dieser Verbindung</translation>
    </message>
    <message>
      <source>Jobs that wait</source>
      <translation>Wartende Jobs</translation>
    </message>
    <message>
      <source>JSON lines (*.jsonl);;CSV (*.csv)</source>
      <translation>JSON-Zeilen (*.jsonl);;CSV (*.csv)</translation>
    </message>
    <message>
      <source>JSON with a token, or with client_id, client_secret and refresh_token of your own app.</source>
      <translation>JSON mit einem Token, oder mit client_id, client_secret und refresh_token Ihrer eigenen App.</translation>
    </message>
    <message>
      <source>JSON with tenant, client_id and client_secret of an application user; or client_id and refresh_token; or token. Its path is kept, its content never.</source>
      <translation>JSON mit tenant, client_id und client_secret eines Anwendungsbenutzers; oder client_id und refresh_token; oder token. Der Pfad wird gespeichert, der Inhalt nie.</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>gerade eben</translation>
    </message>
    <message>
      <source>Keep as pending edits</source>
      <translation>Als ausstehende Änderungen behalten</translation>
    </message>
    <message>
      <source>Keep it restricted</source>
      <translation>Eingeschränkt lassen</translation>
    </message>
    <message>
      <source>Keep mine</source>
      <translation>Meinen behalten</translation>
    </message>
    <message>
      <source>Keep some of yours first.</source>
      <translation>Behalten Sie zuerst einige von Ihren.</translation>
    </message>
    <message>
      <source>Keep the note</source>
      <translation>Notiz speichern</translation>
    </message>
    <message>
      <source>Keep the record's</source>
      <translation>Den des Datensatzes behalten</translation>
    </message>
    <message>
      <source>Keep the schedule</source>
      <translation>Zeitplan übernehmen</translation>
    </message>
    <message>
      <source>keep theirs</source>
      <translation>den des CRM behalten</translation>
    </message>
    <message>
      <source>Keep what is in the CRM</source>
      <translation>CRM-Wert behalten</translation>
    </message>
    <message>
      <source>keep what is there</source>
      <translation>behalten, was da ist</translation>
    </message>
    <message>
      <source>Keeps what is there</source>
      <translation>Behält, was da ist</translation>
    </message>
    <message>
      <source>Kept as pending edits.</source>
      <translation>Als ausstehende Änderungen behalten.</translation>
    </message>
    <message>
      <source>Kept for people</source>
      <translation>Für Personen reserviert</translation>
    </message>
    <message>
      <source>Kept here only</source>
      <translation>Nur hier gespeichert</translation>
    </message>
    <message>
      <source>kept here only</source>
      <translation>nur hier gespeichert</translation>
    </message>
    <message>
      <source>Kept in</source>
      <translation>Gespeichert in</translation>
    </message>
    <message>
      <source>kept in the keyring, renews itself</source>
      <translation>im Schlüsselbund aufbewahrt, erneuert sich selbst</translation>
    </message>
    <message>
      <source>Kept in the vault alone, and put behind the address: for services whose address is itself the secret.</source>
      <translation>Liegt nur im Tresor und wird hinter die Adresse gesetzt: für Dienste, deren Adresse selbst das Geheimnis ist.</translation>
    </message>
    <message>
      <source>Kept in the vault alone, and sent as it is: for Authorization write Bearer before it.</source>
      <translation>Liegt nur im Tresor und wird gesendet, wie es ist: für Authorization schreiben Sie Bearer davor.</translation>
    </message>
    <message>
      <source>Kept in the vault alone. Each message is then signed (HMAC-SHA256 in X-Writeback-Signature).</source>
      <translation>Liegt nur im Tresor. Jede Nachricht wird damit signiert (HMAC-SHA256 in X-Writeback-Signature).</translation>
    </message>
    <message>
      <source>Kept in the vault alone. It begins with pat-.</source>
      <translation>Nur im Tresor aufbewahrt. Er beginnt mit pat-.</translation>
    </message>
    <message>
      <source>Kept in the vault alone. Where your provider offers one, use an app password.</source>
      <translation>Liegt nur im Tresor. Wo Ihr Anbieter es anbietet, verwenden Sie ein App-Kennwort.</translation>
    </message>
    <message>
      <source>kept; type to replace it</source>
      <translation>aufbewahrt; tippen Sie, um es zu ersetzen</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Schlüssel</translation>
    </message>
    <message>
      <source>Key in the file</source>
      <translation>Schlüssel in der Datei</translation>
    </message>
    <message>
      <source>Keyboard</source>
      <translation>Tastatur</translation>
    </message>
    <message>
      <source>keyboard</source>
      <translation>Tastatur</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Keys of actions that are not those we ship; '' takes an action's key away.</source>
      <translation>Tasten von Aktionen, die nicht die mitgelieferten sind; '' nimmt einer Aktion ihre Taste.</translation>
    </message>
    <message>
      <source>keys remap keyboard hotkey</source>
      <translation>Tasten belegen Tastatur Hotkey</translation>
    </message>
    <message>
      <source>Keys…</source>
      <translation>Tasten…</translation>
    </message>
    <message>
      <source>Kind</source>
      <translation>Art</translation>
    </message>
    <message>
      <source>known from here</source>
      <translation>von hier bekannt</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Language &amp; formats</source>
      <translation>Sprache &amp; Formate</translation>
    </message>
    <message>
      <source>Language of the window's texts. The command line speaks English.</source>
      <translation>Sprache der Texte des Fensters. Die Befehlszeile spricht Englisch.</translation>
    </message>
    <message numerus="yes">
      <source>Last %n days</source>
      <translation>
        <numerusform>Letzter %n Tag</numerusform>
        <numerusform>Letzte %n Tage</numerusform>
      </translation>
    </message>
    <message>
      <source>Last answer</source>
      <translation>Letzte Antwort</translation>
    </message>
    <message>
      <source>Last calls</source>
      <translation>Letzte Aufrufe</translation>
    </message>
    <message>
      <source>Last changes</source>
      <translation>Letzte Änderungen</translation>
    </message>
    <message>
      <source>Last column; with Ctrl last row</source>
      <translation>Letzte Spalte; mit Strg letzte Zeile</translation>
    </message>
    <message>
      <source>Last pull</source>
      <translation>Letzter Abruf</translation>
    </message>
    <message>
      <source>Last pull {when}</source>
      <translation>Letzter Abruf {when}</translation>
    </message>
    <message>
      <source>Last read</source>
      <translation>Zuletzt gelesen</translation>
    </message>
    <message>
      <source>Last run</source>
      <translation>Letzter Lauf</translation>
    </message>
    <message>
      <source>Last run {when} failed: {why}{again}</source>
      <translation>Letzter Lauf {when} fehlgeschlagen: {why}{again}</translation>
    </message>
    <message>
      <source>Last run {when}.</source>
      <translation>Letzter Lauf {when}.</translation>
    </message>
    <message numerus="yes">
      <source>Last run {when}; it stood for %n missed ones too.</source>
      <translation>
        <numerusform>Letzter Lauf {when}; er stand auch für %n verpassten.</numerusform>
        <numerusform>Letzter Lauf {when}; er stand auch für %n verpasste.</numerusform>
      </translation>
    </message>
    <message>
      <source>Last verified: {when}. All of them are whole.</source>
      <translation>Zuletzt geprüft: {when}. Alle sind ganz.</translation>
    </message>
    <message>
      <source>late · {day}</source>
      <translation>überfällig · {day}</translation>
    </message>
    <message>
      <source>Later by</source>
      <translation>Später um</translation>
    </message>
    <message>
      <source>Latin 9</source>
      <translation>Latin 9</translation>
    </message>
    <message>
      <source>Leads</source>
      <translation>Leads</translation>
    </message>
    <message>
      <source>least {value}</source>
      <translation>kleinster {value}</translation>
    </message>
    <message>
      <source>Leave out…</source>
      <translation>Auslassen…</translation>
    </message>
    <message>
      <source>Leave unset</source>
      <translation>Ungesetzt lassen</translation>
    </message>
    <message>
      <source>Leave without saving</source>
      <translation>Verlassen ohne Speichern</translation>
    </message>
    <message>
      <source>Leave without them</source>
      <translation>Ohne sie gehen</translation>
    </message>
    <message>
      <source>leaves {segment}</source>
      <translation>verlässt {segment}</translation>
    </message>
    <message>
      <source>Left alone</source>
      <translation>Unberührt</translation>
    </message>
    <message>
      <source>left alone</source>
      <translation>unberührt</translation>
    </message>
    <message>
      <source>Left out</source>
      <translation>Ausgelassen</translation>
    </message>
    <message>
      <source>left out</source>
      <translation>ausgelassen</translation>
    </message>
    <message>
      <source>Left out. Enter puts it back.</source>
      <translation>Ausgelassen. Eingabe nimmt sie wieder auf.</translation>
    </message>
    <message>
      <source>Left over</source>
      <translation>Übrig</translation>
    </message>
    <message>
      <source>Left over rows are saved as {file}.</source>
      <translation>Übrige Zeilen sind als {file} gespeichert.</translation>
    </message>
    <message>
      <source>less than {minutes} min left</source>
      <translation>noch weniger als {minutes} min</translation>
    </message>
    <message>
      <source>less than {share} %</source>
      <translation>weniger als {share} %</translation>
    </message>
    <message>
      <source>Let it go on</source>
      <translation>Weiterlaufen lassen</translation>
    </message>
    <message>
      <source>Let it send</source>
      <translation>Senden lassen</translation>
    </message>
    <message>
      <source>Let it send?</source>
      <translation>Senden lassen?</translation>
    </message>
    <message>
      <source>Let messages go there</source>
      <translation>Nachrichten dorthin lassen</translation>
    </message>
    <message>
      <source>Let messages go to {host}</source>
      <translation>Nachrichten an {host} gehen lassen</translation>
    </message>
    <message>
      <source>Let the others run again</source>
      <translation>Die anderen wieder laufen lassen</translation>
    </message>
    <message>
      <source>Let the worker finish</source>
      <translation>Den Worker zu Ende arbeiten lassen</translation>
    </message>
    <message>
      <source>Let {plugin} run?</source>
      <translation>{plugin} laufen lassen?</translation>
    </message>
    <message>
      <source>licences</source>
      <translation>Lizenzen</translation>
    </message>
    <message>
      <source>Licences of what Writeback uses</source>
      <translation>Lizenzen dessen, was Writeback verwendet</translation>
    </message>
    <message>
      <source>Lifecycle</source>
      <translation>Lebenszyklus</translation>
    </message>
    <message>
      <source>Lifecycle stage</source>
      <translation>Lebenszyklusphase</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Light theme</source>
      <translation>Helles Design</translation>
    </message>
    <message>
      <source>Like the system</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>Limit</source>
      <translation>Grenze</translation>
    </message>
    <message>
      <source>Limits</source>
      <translation>Grenzen</translation>
    </message>
    <message>
      <source>Limits of</source>
      <translation>Grenzen von</translation>
    </message>
    <message>
      <source>Limits of {name}</source>
      <translation>Grenzen von {name}</translation>
    </message>
    <message>
      <source>Line</source>
      <translation>Zeile</translation>
    </message>
    <message>
      <source>Lines of the form</source>
      <translation>Zeilen des Formulars</translation>
    </message>
    <message>
      <source>Link copied: {link}</source>
      <translation>Link kopiert: {link}</translation>
    </message>
    <message>
      <source>List</source>
      <translation>Liste</translation>
    </message>
    <message>
      <source>List, several</source>
      <translation>Liste, mehrere</translation>
    </message>
    <message>
      <source>load preview</source>
      <translation>Vorschau des Ladens</translation>
    </message>
    <message>
      <source>Loading</source>
      <translation>Wird geladen</translation>
    </message>
    <message>
      <source>Local time at which a daily digest goes.</source>
      <translation>Ortszeit, zu der eine tägliche Zusammenfassung hinausgeht.</translation>
    </message>
    <message>
      <source>Local time at which the quiet hours begin.</source>
      <translation>Ortszeit, zu der die Ruhezeit beginnt.</translation>
    </message>
    <message>
      <source>Local time at which the quiet hours end.</source>
      <translation>Ortszeit, zu der die Ruhezeit endet.</translation>
    </message>
    <message>
      <source>Locked</source>
      <translation>Gesperrt</translation>
    </message>
    <message>
      <source>locked</source>
      <translation>gesperrt</translation>
    </message>
    <message>
      <source>Locked by your administrator in {path}</source>
      <translation>Von Ihrem Administrator in {path} gesperrt</translation>
    </message>
    <message>
      <source>log</source>
      <translation>Protokoll</translation>
    </message>
    <message>
      <source>log files</source>
      <translation>Protokolldateien</translation>
    </message>
    <message>
      <source>Long text</source>
      <translation>Langer Text</translation>
    </message>
    <message>
      <source>look</source>
      <translation>ansehen</translation>
    </message>
    <message>
      <source>Look again</source>
      <translation>Erneut nachsehen</translation>
    </message>
    <message>
      <source>Look and decide…</source>
      <translation>Ansehen und entscheiden…</translation>
    </message>
    <message>
      <source>Look at each struck guard first, and tick what is meant.</source>
      <translation>Sehen Sie sich zuerst jede angeschlagene Schutzgrenze an, und haken Sie ab, was gemeint ist.</translation>
    </message>
    <message>
      <source>Look at its rows</source>
      <translation>Ihre Zeilen ansehen</translation>
    </message>
    <message>
      <source>Look at the host: {host}. If messages may go there, say so below.</source>
      <translation>Sehen Sie sich den Host an: {host}. Dürfen Nachrichten dorthin gehen, sagen Sie es unten.</translation>
    </message>
    <message>
      <source>Look the code up in the documentation, or report it with the details.</source>
      <translation>Schlagen Sie den Code in der Dokumentation nach, oder melden Sie ihn mit den Einzelheiten.</translation>
    </message>
    <message>
      <source>look up</source>
      <translation>nachschlagen</translation>
    </message>
    <message>
      <source>looked for in</source>
      <translation>gesucht in</translation>
    </message>
    <message>
      <source>Looking at its values…</source>
      <translation>Seine Werte werden angesehen…</translation>
    </message>
    <message>
      <source>Looking for matches.</source>
      <translation>Entsprechungen werden gesucht.</translation>
    </message>
    <message>
      <source>Looking…</source>
      <translation>Wird gesucht…</translation>
    </message>
    <message>
      <source>Lowest score</source>
      <translation>Niedrigste Punktzahl</translation>
    </message>
    <message>
      <source>Mac (Roman)</source>
      <translation>Mac (Roman)</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Erstellt</translation>
    </message>
    <message>
      <source>Made by</source>
      <translation>Erstellt von</translation>
    </message>
    <message>
      <source>Mail server</source>
      <translation>Mailserver</translation>
    </message>
    <message>
      <source>Make a service key under Development, Keys, Service keys. The file's path is kept, its content never.</source>
      <translation>Erstellen Sie einen Service Key unter Development, Keys, Service keys. Der Pfad der Datei wird gespeichert, ihr Inhalt nie.</translation>
    </message>
    <message>
      <source>Make a task</source>
      <translation>Eine Aufgabe anlegen</translation>
    </message>
    <message>
      <source>Make the app registration as for the browser; no redirect address is needed.</source>
      <translation>Erstellen Sie die App-Registrierung wie für den Browser; eine Weiterleitungsadresse ist nicht nötig.</translation>
    </message>
    <message>
      <source>Make the decision the rule</source>
      <translation>Die Entscheidung zur Regel machen</translation>
    </message>
    <message>
      <source>Make this the rule</source>
      <translation>Zur Regel machen</translation>
    </message>
    <message>
      <source>Make up once for what was missed: asleep, shut down, or held</source>
      <translation>Verpasstes einmal nachholen: Ruhezustand, ausgeschaltet oder Sperrzeit</translation>
    </message>
    <message>
      <source>Make {author} a global admin</source>
      <translation>{author} zum globalen Administrator machen</translation>
    </message>
    <message>
      <source>manage plugins</source>
      <translation>Plugins verwalten</translation>
    </message>
    <message>
      <source>manual</source>
      <translation>Handbuch</translation>
    </message>
    <message>
      <source>Map a field behind {object}</source>
      <translation>Ein Feld hinter {object} zuordnen</translation>
    </message>
    <message>
      <source>Map an object of the CRM and pull it; its records appear here.</source>
      <translation>Ordnen Sie ein Objekt des CRM zu und rufen Sie es ab; seine Datensätze erscheinen hier.</translation>
    </message>
    <message>
      <source>Map its fields</source>
      <translation>Seine Felder zuordnen</translation>
    </message>
    <message>
      <source>Map its objects</source>
      <translation>Seine Objekte zuordnen</translation>
    </message>
    <message>
      <source>Map the field to an attribute first.</source>
      <translation>Ordnen Sie das Feld zuerst einem Attribut zu.</translation>
    </message>
    <message>
      <source>Map this field</source>
      <translation>Dieses Feld zuordnen</translation>
    </message>
    <message>
      <source>Map through a reference…</source>
      <translation>Über eine Referenz zuordnen…</translation>
    </message>
    <message>
      <source>Map {attributes} to {target}</source>
      <translation>{attributes} zu {target} zuordnen</translation>
    </message>
    <message>
      <source>Mapped to an attribute</source>
      <translation>Einem Attribut zugeordnet</translation>
    </message>
    <message numerus="yes">
      <source>Mapped: {fields}. %n drafts of it go, and so do its values here. The CRMs keep theirs; the history stays.</source>
      <translation>
        <numerusform>Zugeordnet: {fields}. %n Entwurf davon und die Werte hier entfallen. Die CRMs behalten ihre; der Verlauf bleibt.</numerusform>
        <numerusform>Zugeordnet: {fields}. %n Entwürfe davon und die Werte hier entfallen. Die CRMs behalten ihre; der Verlauf bleibt.</numerusform>
      </translation>
    </message>
    <message>
      <source>Mapping</source>
      <translation>Zuordnung</translation>
    </message>
    <message>
      <source>Mapping changed</source>
      <translation>Zuordnung geändert</translation>
    </message>
    <message>
      <source>Mapping removed</source>
      <translation>Zuordnung entfernt</translation>
    </message>
    <message>
      <source>Mappings</source>
      <translation>Zuordnungen</translation>
    </message>
    <message>
      <source>Mappings ({kinds})</source>
      <translation>Zuordnungen ({kinds})</translation>
    </message>
    <message>
      <source>Mappings saved.</source>
      <translation>Zuordnungen gespeichert.</translation>
    </message>
    <message numerus="yes">
      <source>Mappings saved. In records that are there already %n values differ from {crm}.</source>
      <translation>
        <numerusform>Zuordnungen gespeichert. In vorhandenen Datensätzen weicht %n Wert von {crm} ab.</numerusform>
        <numerusform>Zuordnungen gespeichert. In vorhandenen Datensätzen weichen %n Werte von {crm} ab.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Mark %n rows as resolved by hand</source>
      <translation>
        <numerusform>%n Zeile als von Hand erledigt markieren</numerusform>
        <numerusform>%n Zeilen als von Hand erledigt markieren</numerusform>
      </translation>
    </message>
    <message>
      <source>Mark resolved by hand…</source>
      <translation>Als von Hand erledigt markieren…</translation>
    </message>
    <message>
      <source>Mark them</source>
      <translation>Markieren</translation>
    </message>
    <message>
      <source>Marked cells are in the accounts grid.</source>
      <translation>Markierte Zellen gibt es in der Tabelle der Accounts.</translation>
    </message>
    <message>
      <source>mass update</source>
      <translation>Massenänderung</translation>
    </message>
    <message>
      <source>Master rule changed</source>
      <translation>Regel bei Widerspruch der CRMs geändert</translation>
    </message>
    <message>
      <source>Match</source>
      <translation>Zuordnen</translation>
    </message>
    <message>
      <source>Match and columns</source>
      <translation>Abgleich und Spalten</translation>
    </message>
    <message>
      <source>Match equal names</source>
      <translation>Gleiche Namen zuordnen</translation>
    </message>
    <message>
      <source>match people</source>
      <translation>Personen zuordnen</translation>
    </message>
    <message>
      <source>Match test</source>
      <translation>Abgleich prüfen</translation>
    </message>
    <message>
      <source>Match test…</source>
      <translation>Abgleich prüfen…</translation>
    </message>
    <message>
      <source>Matched by</source>
      <translation>Zugeordnet über</translation>
    </message>
    <message>
      <source>matched in the next step</source>
      <translation>wird im nächsten Schritt zugeordnet</translation>
    </message>
    <message>
      <source>Matched to a record</source>
      <translation>Einem Datensatz zugeordnet</translation>
    </message>
    <message>
      <source>matches the filter no longer</source>
      <translation>passt nicht mehr zum Filter</translation>
    </message>
    <message>
      <source>may be emptied</source>
      <translation>darf geleert werden</translation>
    </message>
    <message>
      <source>mean {value}</source>
      <translation>Mittel {value}</translation>
    </message>
    <message>
      <source>Meaning of a reference chosen</source>
      <translation>Bedeutung einer Referenz gewählt</translation>
    </message>
    <message>
      <source>Meaning of a reference forgotten</source>
      <translation>Bedeutung einer Referenz vergessen</translation>
    </message>
    <message>
      <source>Meaning of {theirs}</source>
      <translation>Bedeutung von {theirs}</translation>
    </message>
    <message>
      <source>Means</source>
      <translation>Bedeutet</translation>
    </message>
    <message>
      <source>Members</source>
      <translation>Mitglieder</translation>
    </message>
    <message>
      <source>Mend what is marked first.</source>
      <translation>Berichtigen Sie zuerst, was markiert ist.</translation>
    </message>
    <message>
      <source>Menu</source>
      <translation>Menü</translation>
    </message>
    <message>
      <source>Merge options</source>
      <translation>Optionen zusammenführen</translation>
    </message>
    <message>
      <source>Merge two options of {attribute}</source>
      <translation>Zwei Optionen von {attribute} zusammenführen</translation>
    </message>
    <message>
      <source>Merge…</source>
      <translation>Zusammenführen…</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>Nachricht</translation>
    </message>
    <message>
      <source>Messages</source>
      <translation>Nachrichten</translation>
    </message>
    <message>
      <source>Microsoft Dynamics 365</source>
      <translation>Microsoft Dynamics 365</translation>
    </message>
    <message>
      <source>min</source>
      <translation>min</translation>
    </message>
    <message>
      <source>Mine</source>
      <translation>Meine</translation>
    </message>
    <message>
      <source>Minute of the hour</source>
      <translation>Minute der Stunde</translation>
    </message>
    <message>
      <source>minute, hour, day of the month, month, day of the week (0 is Sunday)</source>
      <translation>Minute, Stunde, Tag im Monat, Monat, Wochentag (0 ist Sonntag)</translation>
    </message>
    <message>
      <source>Minutes between</source>
      <translation>Minuten dazwischen</translation>
    </message>
    <message>
      <source>missing: {scopes}</source>
      <translation>fehlt: {scopes}</translation>
    </message>
    <message>
      <source>Monday</source>
      <translation>Montag</translation>
    </message>
    <message>
      <source>Monday to Friday</source>
      <translation>Montag bis Freitag</translation>
    </message>
    <message>
      <source>Monday to Friday at {time}</source>
      <translation>Montag bis Freitag um {time}</translation>
    </message>
    <message>
      <source>monitor</source>
      <translation>Überwachung</translation>
    </message>
    <message>
      <source>month first</source>
      <translation>Monat zuerst</translation>
    </message>
    <message>
      <source>month first: 3 November is 11/03/2026</source>
      <translation>Monat zuerst: 3. November ist 11/03/2026</translation>
    </message>
    <message>
      <source>months</source>
      <translation>Monate</translation>
    </message>
    <message>
      <source>More</source>
      <translation>Mehr</translation>
    </message>
    <message>
      <source>More of this column…</source>
      <translation>Mehr zu dieser Spalte …</translation>
    </message>
    <message numerus="yes">
      <source>More than %n blackouts are too many.</source>
      <translation>
        <numerusform>Mehr als %n Sperrzeit ist zu viel.</numerusform>
        <numerusform>Mehr als %n Sperrzeiten sind zu viele.</numerusform>
      </translation>
    </message>
    <message>
      <source>more than a day left</source>
      <translation>noch mehr als ein Tag</translation>
    </message>
    <message>
      <source>More than {most} records go by condition: use Review.</source>
      <translation>Mehr als {most} Datensätze gehen nach Bedingung: verwenden Sie Prüfen.</translation>
    </message>
    <message>
      <source>Most of an object's records</source>
      <translation>Höchstanteil der Datensätze eines Objekts</translation>
    </message>
    <message>
      <source>Most records of one plan</source>
      <translation>Höchstzahl der Datensätze eines Plans</translation>
    </message>
    <message>
      <source>Most records that lose a value</source>
      <translation>Höchstanteil der Datensätze, die einen Wert verlieren</translation>
    </message>
    <message>
      <source>Most records without approval</source>
      <translation>Höchstzahl der Datensätze ohne Freigabe</translation>
    </message>
    <message>
      <source>Most records without the right to bulk</source>
      <translation>Höchstzahl der Datensätze ohne das Recht zum Massenschreiben</translation>
    </message>
    <message>
      <source>most {value}</source>
      <translation>größter {value}</translation>
    </message>
    <message>
      <source>Motion</source>
      <translation>Bewegung</translation>
    </message>
    <message>
      <source>Move down</source>
      <translation>Nach unten</translation>
    </message>
    <message>
      <source>Move down (Alt+Down)</source>
      <translation>Nach unten (Alt+Ab)</translation>
    </message>
    <message>
      <source>Move up</source>
      <translation>Nach oben</translation>
    </message>
    <message>
      <source>Move up (Alt+Up)</source>
      <translation>Nach oben (Alt+Auf)</translation>
    </message>
    <message>
      <source>Move; with Shift extend, with Ctrl to the edge</source>
      <translation>Bewegen; mit Umschalt erweitern, mit Strg bis zum Rand</translation>
    </message>
    <message>
      <source>Multiply by</source>
      <translation>Malnehmen mit</translation>
    </message>
    <message>
      <source>Muted connections</source>
      <translation>Stumme Verbindungen</translation>
    </message>
    <message>
      <source>Muted until</source>
      <translation>Stumm bis</translation>
    </message>
    <message>
      <source>My Domain</source>
      <translation>My Domain</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Name a person first.</source>
      <translation>Nennen Sie zuerst eine Person.</translation>
    </message>
    <message>
      <source>Name an attribute first.</source>
      <translation>Nennen Sie zuerst ein Attribut.</translation>
    </message>
    <message>
      <source>Name of the connection</source>
      <translation>Name der Verbindung</translation>
    </message>
    <message>
      <source>Name of the copy</source>
      <translation>Name der Kopie</translation>
    </message>
    <message>
      <source>Name of the role</source>
      <translation>Name der Rolle</translation>
    </message>
    <message>
      <source>Name of the secret header</source>
      <translation>Name der geheimen Kopfzeile</translation>
    </message>
    <message>
      <source>Name on their computer</source>
      <translation>Name auf ihrem Computer</translation>
    </message>
    <message>
      <source>Name or publisher</source>
      <translation>Name oder Herausgeber</translation>
    </message>
    <message>
      <source>Name resolution</source>
      <translation>Namensauflösung</translation>
    </message>
    <message>
      <source>Name the segment first.</source>
      <translation>Nennen Sie zuerst das Segment.</translation>
    </message>
    <message>
      <source>Name this person</source>
      <translation>Diese Person benennen</translation>
    </message>
    <message>
      <source>Name this person as {words}</source>
      <translation>Diese Person als {words} benennen</translation>
    </message>
    <message>
      <source>Named by accounts</source>
      <translation>Von Accounts benannt</translation>
    </message>
    <message>
      <source>Names of connections and plays in messages</source>
      <translation>Namen von Verbindungen und SuccessPlays in Nachrichten</translation>
    </message>
    <message>
      <source>Names, with semicolons between them</source>
      <translation>Namen, mit Semikolon dazwischen</translation>
    </message>
    <message>
      <source>Navigation</source>
      <translation>Navigation</translation>
    </message>
    <message>
      <source>needed</source>
      <translation>nötig</translation>
    </message>
    <message>
      <source>needed since {when}</source>
      <translation>nötig seit {when}</translation>
    </message>
    <message>
      <source>Needs a look</source>
      <translation>Auffällig</translation>
    </message>
    <message>
      <source>Needs a newer version</source>
      <translation>Braucht eine neuere Version</translation>
    </message>
    <message>
      <source>Needs approval above</source>
      <translation>Freigabe nötig ab mehr als</translation>
    </message>
    <message>
      <source>Needs newer Writeback</source>
      <translation>Braucht ein neueres Writeback</translation>
    </message>
    <message>
      <source>Needs somebody</source>
      <translation>Braucht jemanden</translation>
    </message>
    <message>
      <source>needs somebody</source>
      <translation>braucht jemanden</translation>
    </message>
    <message>
      <source>Needs you</source>
      <translation>Braucht Sie</translation>
    </message>
    <message>
      <source>Neither</source>
      <translation>Weder noch</translation>
    </message>
    <message>
      <source>Network</source>
      <translation>Netzwerk</translation>
    </message>
    <message>
      <source>neutral</source>
      <translation>neutral</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
    <message>
      <source>never answered</source>
      <translation>hat nie geantwortet</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Neu</translation>
    </message>
    <message>
      <source>new</source>
      <translation>neu</translation>
    </message>
    <message>
      <source>new attribute</source>
      <translation>neues Attribut</translation>
    </message>
    <message>
      <source>New form…</source>
      <translation>Neues Formular…</translation>
    </message>
    <message>
      <source>New key</source>
      <translation>Neue Taste</translation>
    </message>
    <message>
      <source>New play</source>
      <translation>Neues SuccessPlay</translation>
    </message>
    <message>
      <source>New play…</source>
      <translation>Neues SuccessPlay…</translation>
    </message>
    <message>
      <source>New records</source>
      <translation>Neue Datensätze</translation>
    </message>
    <message>
      <source>new records</source>
      <translation>neue Datensätze</translation>
    </message>
    <message>
      <source>New records are created. A key that finds somebody blocks its row.</source>
      <translation>Neue Datensätze werden angelegt. Ein Schlüssel, der jemanden findet, sperrt seine Zeile.</translation>
    </message>
    <message>
      <source>new records, by {field}</source>
      <translation>neue Datensätze, über {field}</translation>
    </message>
    <message>
      <source>New section</source>
      <translation>Neuer Abschnitt</translation>
    </message>
    <message>
      <source>New type</source>
      <translation>Neuer Typ</translation>
    </message>
    <message>
      <source>New workspace</source>
      <translation>Neuer Arbeitsbereich</translation>
    </message>
    <message>
      <source>New workspace…</source>
      <translation>Neuer Arbeitsbereich…</translation>
    </message>
    <message>
      <source>Next</source>
      <translation>Weiter</translation>
    </message>
    <message>
      <source>Next control</source>
      <translation>Nächstes Element</translation>
    </message>
    <message>
      <source>Next marked cell</source>
      <translation>Nächste markierte Zelle</translation>
    </message>
    <message>
      <source>Next region</source>
      <translation>Nächster Bereich</translation>
    </message>
    <message>
      <source>Next runs, in this computer's time</source>
      <translation>Nächste Läufe, in der Zeit dieses Computers</translation>
    </message>
    <message>
      <source>Next tab</source>
      <translation>Nächstes Register</translation>
    </message>
    <message>
      <source>next {time}</source>
      <translation>nächster {time}</translation>
    </message>
    <message>
      <source>No</source>
      <translation>Nein</translation>
    </message>
    <message>
      <source>No account is chosen</source>
      <translation>Kein Account ist gewählt</translation>
    </message>
    <message>
      <source>No account is chosen.</source>
      <translation>Kein Account ist gewählt.</translation>
    </message>
    <message>
      <source>no answer</source>
      <translation>keine Antwort</translation>
    </message>
    <message>
      <source>no answer yet</source>
      <translation>noch keine Antwort</translation>
    </message>
    <message>
      <source>No attribute is called like that.</source>
      <translation>Kein Attribut heißt so.</translation>
    </message>
    <message>
      <source>No attribute yet</source>
      <translation>Noch kein Attribut</translation>
    </message>
    <message>
      <source>No backup is whole. Make a new one, and check the disk.</source>
      <translation>Keine Sicherung ist ganz. Machen Sie eine neue, und prüfen Sie den Datenträger.</translation>
    </message>
    <message>
      <source>No campaign yet</source>
      <translation>Noch keine Kampagne</translation>
    </message>
    <message>
      <source>No column is mapped yet.</source>
      <translation>Noch ist keine Spalte zugeordnet.</translation>
    </message>
    <message>
      <source>No column is written: map at least one beside the key.</source>
      <translation>Keine Spalte wird geschrieben: ordnen Sie neben dem Schlüssel mindestens eine zu.</translation>
    </message>
    <message>
      <source>No column that is shown holds these words.</source>
      <translation>Keine gezeigte Spalte enthält diese Wörter.</translation>
    </message>
    <message>
      <source>No conflicts</source>
      <translation>Keine Konflikte</translation>
    </message>
    <message>
      <source>No connector is installed.</source>
      <translation>Kein Konnektor ist installiert.</translation>
    </message>
    <message>
      <source>No CRM is connected yet</source>
      <translation>Noch ist kein CRM verbunden</translation>
    </message>
    <message>
      <source>No CRM takes them: write-back is off.</source>
      <translation>Kein CRM nimmt sie an: Das Zurückschreiben ist aus.</translation>
    </message>
    <message>
      <source>no day</source>
      <translation>kein Tag</translation>
    </message>
    <message>
      <source>No e-mail of it is known: choose another one.</source>
      <translation>Davon ist keine E-Mail bekannt: Wählen Sie einen anderen.</translation>
    </message>
    <message>
      <source>No edit was undone.</source>
      <translation>Keine Änderung wurde rückgängig gemacht.</translation>
    </message>
    <message>
      <source>No edits were discarded within 30 days.</source>
      <translation>In den letzten 30 Tagen wurden keine Änderungen verworfen.</translation>
    </message>
    <message>
      <source>No entry matches</source>
      <translation>Kein Eintrag passt</translation>
    </message>
    <message>
      <source>no field</source>
      <translation>kein Feld</translation>
    </message>
    <message>
      <source>No field of a CRM is mapped to it, so it comes from nowhere and is written nowhere. Map a field under Objects &amp; mapping.</source>
      <translation>Ihm ist kein Feld eines CRM zugeordnet, darum kommt es von nirgends und wird nirgends geschrieben. Ordnen Sie unter Objekte &amp; Zuordnung ein Feld zu.</translation>
    </message>
    <message>
      <source>No file yet</source>
      <translation>Noch keine Datei</translation>
    </message>
    <message>
      <source>no form</source>
      <translation>kein Formular</translation>
    </message>
    <message>
      <source>No form for these records is published for you. Publish one under Insight forms.</source>
      <translation>Für diese Datensätze ist kein Formular für Sie veröffentlicht. Veröffentlichen Sie eines unter Insight-Formulare.</translation>
    </message>
    <message>
      <source>No form yet</source>
      <translation>Noch kein Formular</translation>
    </message>
    <message>
      <source>No further match was found.</source>
      <translation>Keine weitere Entsprechung gefunden.</translation>
    </message>
    <message>
      <source>No job fits the filter</source>
      <translation>Kein Job passt zum Filter</translation>
    </message>
    <message>
      <source>No job is chosen.</source>
      <translation>Kein Job ist gewählt.</translation>
    </message>
    <message>
      <source>No jobs yet</source>
      <translation>Noch keine Jobs</translation>
    </message>
    <message>
      <source>No key</source>
      <translation>Keine Taste</translation>
    </message>
    <message>
      <source>No key was pressed yet.</source>
      <translation>Noch wurde keine Taste gedrückt.</translation>
    </message>
    <message>
      <source>no limit</source>
      <translation>keine Grenze</translation>
    </message>
    <message>
      <source>no longer offered</source>
      <translation>nicht mehr angeboten</translation>
    </message>
    <message>
      <source>no longer there</source>
      <translation>nicht mehr da</translation>
    </message>
    <message>
      <source>No new rows are sent. {still} in flight are being resolved.</source>
      <translation>Keine neuen Zeilen werden gesendet. {still} unterwegs werden geklärt.</translation>
    </message>
    <message>
      <source>No new rows are sent; {open} are open. Rows in flight are resolved, a job at the CRM is aborted. What was written stays and can be undone.</source>
      <translation>Keine neuen Zeilen werden gesendet; {open} sind offen. Zeilen unterwegs werden geklärt, ein Job beim CRM wird abgebrochen. Was geschrieben ist, bleibt und kann rückgängig gemacht werden.</translation>
    </message>
    <message>
      <source>No new rows are sent; {open} are open. Rows in flight are resolved. The records that were created stay in the CRM.</source>
      <translation>Es werden keine neuen Zeilen gesendet; {open} sind offen. Zeilen, die unterwegs sind, werden geklärt. Die angelegten Datensätze bleiben im CRM.</translation>
    </message>
    <message>
      <source>No new rows are taken; rows in flight are resolved.</source>
      <translation>Keine neuen Zeilen werden genommen; Zeilen unterwegs werden geklärt.</translation>
    </message>
    <message>
      <source>No new rows go to this org.</source>
      <translation>Keine neuen Zeilen gehen an diese Org.</translation>
    </message>
    <message>
      <source>No object is mapped yet</source>
      <translation>Noch ist kein Objekt zugeordnet</translation>
    </message>
    <message>
      <source>No object is mapped yet.</source>
      <translation>Noch ist kein Objekt zugeordnet.</translation>
    </message>
    <message>
      <source>No object is mapped yet. An integration pulls one object into accounts or users.</source>
      <translation>Noch ist kein Objekt zugeordnet. Eine Integration ruft ein Objekt in Accounts oder Benutzer ab.</translation>
    </message>
    <message>
      <source>No other object is mapped yet.</source>
      <translation>Noch ist kein anderes Objekt zugeordnet.</translation>
    </message>
    <message>
      <source>No outcome is unknown.</source>
      <translation>Kein Ausgang ist unbekannt.</translation>
    </message>
    <message>
      <source>No page holds these words.</source>
      <translation>Keine Seite enthält diese Wörter.</translation>
    </message>
    <message>
      <source>no permission level</source>
      <translation>keine Berechtigungsstufe</translation>
    </message>
    <message>
      <source>No play and no open task asks for it.</source>
      <translation>Kein Play und keine offene Aufgabe verlangt es.</translation>
    </message>
    <message>
      <source>No play yet</source>
      <translation>Noch kein SuccessPlay</translation>
    </message>
    <message>
      <source>No plugin fits</source>
      <translation>Kein Plugin passt</translation>
    </message>
    <message>
      <source>No plugin is installed</source>
      <translation>Kein Plugin ist installiert</translation>
    </message>
    <message>
      <source>No plugin offers a way off this machine.</source>
      <translation>Kein Plugin bietet einen Weg von diesem Computer weg.</translation>
    </message>
    <message>
      <source>No record differs.</source>
      <translation>Kein Datensatz weicht ab.</translation>
    </message>
    <message>
      <source>No record holds these words or marks.</source>
      <translation>Kein Datensatz enthält diese Wörter oder Markierungen.</translation>
    </message>
    <message>
      <source>No record of the run is like that.</source>
      <translation>Kein Datensatz des Laufs ist so.</translation>
    </message>
    <message>
      <source>no record that is there already</source>
      <translation>kein bereits vorhandener Datensatz</translation>
    </message>
    <message>
      <source>No record was changed.</source>
      <translation>Kein Datensatz wurde geändert.</translation>
    </message>
    <message>
      <source>No record would change.</source>
      <translation>Kein Datensatz würde sich ändern.</translation>
    </message>
    <message>
      <source>No records yet</source>
      <translation>Noch keine Datensätze</translation>
    </message>
    <message>
      <source>No role yet</source>
      <translation>Noch keine Rolle</translation>
    </message>
    <message>
      <source>No row can be put right.</source>
      <translation>Keine Zeile kann gerichtet werden.</translation>
    </message>
    <message>
      <source>No row is left over.</source>
      <translation>Keine Zeile ist übrig.</translation>
    </message>
    <message>
      <source>No row was refused, blocked or left unsent.</source>
      <translation>Keine Zeile wurde abgelehnt, blockiert oder blieb ungesendet.</translation>
    </message>
    <message>
      <source>No row was refused.</source>
      <translation>Keine Zeile wurde abgelehnt.</translation>
    </message>
    <message>
      <source>no rows</source>
      <translation>keine Zeilen</translation>
    </message>
    <message>
      <source>No segment is saved yet</source>
      <translation>Noch ist kein Segment gespeichert</translation>
    </message>
    <message>
      <source>No segments yet</source>
      <translation>Noch keine Segmente</translation>
    </message>
    <message>
      <source>No setting matches</source>
      <translation>Keine Einstellung passt</translation>
    </message>
    <message>
      <source>No step to redo.</source>
      <translation>Kein Schritt zu wiederholen.</translation>
    </message>
    <message>
      <source>No step to undo.</source>
      <translation>Kein Schritt rückgängig zu machen.</translation>
    </message>
    <message>
      <source>No such job</source>
      <translation>Kein solcher Job</translation>
    </message>
    <message>
      <source>No tab is open.</source>
      <translation>Kein Register ist offen.</translation>
    </message>
    <message>
      <source>No task fits</source>
      <translation>Keine Aufgabe passt</translation>
    </message>
    <message>
      <source>No texts</source>
      <translation>Keine Texte</translation>
    </message>
    <message>
      <source>No unread notices</source>
      <translation>Keine ungelesenen Meldungen</translation>
    </message>
    <message>
      <source>No users were read yet, so nobody can be written to a CRM.</source>
      <translation>Noch wurden keine Benutzer gelesen, darum kann niemand in ein CRM geschrieben werden.</translation>
    </message>
    <message>
      <source>no worker</source>
      <translation>kein Worker läuft</translation>
    </message>
    <message>
      <source>No worker runs now: what is due goes when one does.</source>
      <translation>Jetzt läuft kein Worker: was fällig ist, geht hinaus, wenn einer läuft.</translation>
    </message>
    <message>
      <source>No.</source>
      <translation>Nr.</translation>
    </message>
    <message>
      <source>nobody</source>
      <translation>niemand</translation>
    </message>
    <message>
      <source>Nobody answered yet</source>
      <translation>Noch niemand hat geantwortet</translation>
    </message>
    <message>
      <source>Nobody fits.</source>
      <translation>Niemand passt.</translation>
    </message>
    <message>
      <source>Nobody has a permission level: one person works here, and everything is allowed.</source>
      <translation>Niemand hat eine Berechtigungsstufe: eine Person arbeitet hier, und alles ist erlaubt.</translation>
    </message>
    <message>
      <source>Nobody has edits that wait to be sent.</source>
      <translation>Niemand hat Änderungen, die auf das Senden warten.</translation>
    </message>
    <message>
      <source>Nobody has written anything down. Notes stay here and are written to no CRM.</source>
      <translation>Niemand hat etwas aufgeschrieben. Notizen bleiben hier und werden in kein CRM geschrieben.</translation>
    </message>
    <message>
      <source>nobody named</source>
      <translation>niemand genannt</translation>
    </message>
    <message>
      <source>Nobody resembles them</source>
      <translation>Niemand sieht ihnen ähnlich</translation>
    </message>
    <message>
      <source>nobody yet</source>
      <translation>noch niemand</translation>
    </message>
    <message>
      <source>Nobody's</source>
      <translation>Von niemandem</translation>
    </message>
    <message>
      <source>None</source>
      <translation>Keines</translation>
    </message>
    <message>
      <source>none</source>
      <translation>keiner</translation>
    </message>
    <message>
      <source>None of them</source>
      <translation>Niemand davon</translation>
    </message>
    <message>
      <source>None of them fits the filter.</source>
      <translation>Keiner passt zum Filter.</translation>
    </message>
    <message>
      <source>none, or such as trim, date=dd.mm.yyyy</source>
      <translation>keine, oder etwa trim, date=dd.mm.yyyy</translation>
    </message>
    <message>
      <source>None: the schedule cannot be like this.</source>
      <translation>Keine: so kann der Zeitplan nicht sein.</translation>
    </message>
    <message>
      <source>not applied</source>
      <translation>nicht ausgeführt</translation>
    </message>
    <message>
      <source>not be imported</source>
      <translation>nicht übernommen werden</translation>
    </message>
    <message>
      <source>not checked</source>
      <translation>nicht geprüft</translation>
    </message>
    <message>
      <source>Not checked: what is in {crm} is replaced unseen.</source>
      <translation>Nicht geprüft: was in {crm} steht, wird ungesehen ersetzt.</translation>
    </message>
    <message>
      <source>Not claimed</source>
      <translation>Nicht beansprucht</translation>
    </message>
    <message>
      <source>Not completed: a value was refused. Outcome and notes are kept.</source>
      <translation>Nicht abgeschlossen: ein Wert wurde abgelehnt. Ergebnis und Notizen bleiben.</translation>
    </message>
    <message>
      <source>Not decided: whether {candidates} of {connection} is {name}.</source>
      <translation>Nicht entschieden: ob {candidates} von {connection} {name} ist.</translation>
    </message>
    <message>
      <source>not decided: {candidates}</source>
      <translation>nicht entschieden: {candidates}</translation>
    </message>
    <message>
      <source>Not delivered</source>
      <translation>Nicht zugestellt</translation>
    </message>
    <message>
      <source>not delivered</source>
      <translation>nicht zugestellt</translation>
    </message>
    <message>
      <source>not described</source>
      <translation>nicht beschrieben</translation>
    </message>
    <message>
      <source>not done yet</source>
      <translation>noch nicht getan</translation>
    </message>
    <message>
      <source>not done, or as it is usual</source>
      <translation>nicht getan, oder wie üblich</translation>
    </message>
    <message>
      <source>Not found</source>
      <translation>Nicht gefunden</translation>
    </message>
    <message>
      <source>not found</source>
      <translation>nicht gefunden</translation>
    </message>
    <message>
      <source>not good</source>
      <translation>nicht gut</translation>
    </message>
    <message>
      <source> Not here: {left}{more}.</source>
      <translation> Nicht hier: {left}{more}.</translation>
    </message>
    <message>
      <source>not kept</source>
      <translation>nicht gespeichert</translation>
    </message>
    <message>
      <source>not kept: {raw}</source>
      <translation>nicht gespeichert: {raw}</translation>
    </message>
    <message>
      <source>not known</source>
      <translation>nicht bekannt</translation>
    </message>
    <message>
      <source>not mapped</source>
      <translation>nicht zugeordnet</translation>
    </message>
    <message>
      <source>Not muted</source>
      <translation>Nicht stumm</translation>
    </message>
    <message>
      <source>Not now</source>
      <translation>Jetzt nicht</translation>
    </message>
    <message>
      <source>not published</source>
      <translation>nicht veröffentlicht</translation>
    </message>
    <message>
      <source>not pulled, not sent</source>
      <translation>nicht abgerufen, nicht gesendet</translation>
    </message>
    <message>
      <source> Not read, because the CRM changed them: {passed}.</source>
      <translation> Nicht gelesen, weil das CRM sie geändert hat: {passed}.</translation>
    </message>
    <message>
      <source>not run</source>
      <translation>nicht gelaufen</translation>
    </message>
    <message>
      <source>not saved</source>
      <translation>nicht gespeichert</translation>
    </message>
    <message>
      <source>not saved yet</source>
      <translation>noch nicht gespeichert</translation>
    </message>
    <message>
      <source>Not saved: a value was refused. Everything typed stays here.</source>
      <translation>Nicht gespeichert: ein Wert wurde abgelehnt. Alles Eingegebene bleibt hier.</translation>
    </message>
    <message>
      <source>Not sent</source>
      <translation>Nicht gesendet</translation>
    </message>
    <message>
      <source>not sent</source>
      <translation>nicht gesendet</translation>
    </message>
    <message>
      <source>not set up</source>
      <translation>nicht eingerichtet</translation>
    </message>
    <message>
      <source>not signed in yet</source>
      <translation>noch nicht angemeldet</translation>
    </message>
    <message>
      <source>not there</source>
      <translation>nicht vorhanden</translation>
    </message>
    <message>
      <source>Not told yet</source>
      <translation>Noch nicht mitgeteilt</translation>
    </message>
    <message>
      <source>not used on this computer</source>
      <translation>auf diesem Computer nicht verwendet</translation>
    </message>
    <message>
      <source>not used: {why}</source>
      <translation>nicht verwendet: {why}</translation>
    </message>
    <message>
      <source>not verified</source>
      <translation>nicht geprüft</translation>
    </message>
    <message>
      <source>not written</source>
      <translation>nicht geschrieben</translation>
    </message>
    <message>
      <source>not yet</source>
      <translation>noch nicht</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Hinweis</translation>
    </message>
    <message>
      <source>Note to the decision</source>
      <translation>Anmerkung zur Entscheidung</translation>
    </message>
    <message>
      <source>Notes</source>
      <translation>Notizen</translation>
    </message>
    <message>
      <source>Notes of the record</source>
      <translation>Notizen des Datensatzes</translation>
    </message>
    <message>
      <source>Notes stay here: they are written to no CRM.</source>
      <translation>Notizen bleiben hier: Sie werden in kein CRM geschrieben.</translation>
    </message>
    <message>
      <source>nothing</source>
      <translation>nichts</translation>
    </message>
    <message>
      <source>Nothing begins in them; what is due then begins when they end.</source>
      <translation>In ihnen beginnt nichts; was dann fällig ist, beginnt, wenn sie enden.</translation>
    </message>
    <message>
      <source>nothing else</source>
      <translation>nichts weiter</translation>
    </message>
    <message>
      <source>Nothing else has this key.</source>
      <translation>Nichts anderes hat diese Taste.</translation>
    </message>
    <message>
      <source>Nothing had to be chosen yet</source>
      <translation>Noch musste nichts gewählt werden</translation>
    </message>
    <message>
      <source>Nothing has been sent.</source>
      <translation>Nichts wurde gesendet.</translation>
    </message>
    <message>
      <source>Nothing has changed since the record was first read.</source>
      <translation>Seit der Datensatz zuerst gelesen wurde, hat sich nichts geändert.</translation>
    </message>
    <message>
      <source>Nothing has this name. Fewer words find more; a job is found by its number.</source>
      <translation>Nichts heißt so. Weniger Wörter finden mehr; einen Job findet seine Nummer.</translation>
    </message>
    <message>
      <source>Nothing has to be done</source>
      <translation>Es ist nichts zu tun</translation>
    </message>
    <message>
      <source>Nothing has to be done here.</source>
      <translation>Hier ist nichts zu tun.</translation>
    </message>
    <message>
      <source>Nothing has to be told. Jobs that do not write all appear here.</source>
      <translation>Nichts ist zu melden. Jobs, die nicht alles schreiben, erscheinen hier.</translation>
    </message>
    <message>
      <source>nothing is asked</source>
      <translation>ohne Nachfrage</translation>
    </message>
    <message>
      <source>Nothing is changed yet.</source>
      <translation>Noch ist nichts geändert.</translation>
    </message>
    <message>
      <source>Nothing is connected</source>
      <translation>Nichts ist verbunden</translation>
    </message>
    <message>
      <source>Nothing is different.</source>
      <translation>Nichts ist anders.</translation>
    </message>
    <message>
      <source>Nothing is mapped yet.</source>
      <translation>Noch ist nichts zugeordnet.</translation>
    </message>
    <message>
      <source>Nothing is proposed.</source>
      <translation>Nichts ist vorgeschlagen.</translation>
    </message>
    <message>
      <source>Nothing is sent from here.</source>
      <translation>Von hier wird nichts gesendet.</translation>
    </message>
    <message>
      <source>Nothing is sent now: {drifted} Settle it above.</source>
      <translation>Jetzt wird nichts gesendet: {drifted} Entscheiden Sie oben darüber.</translation>
    </message>
    <message>
      <source>Nothing is sent until then: cancelling the job costs nothing.</source>
      <translation>Bis dahin wird nichts gesendet: den Job abzubrechen kostet nichts.</translation>
    </message>
    <message>
      <source>Nothing is wanted there any more.</source>
      <translation>Dort ist nichts mehr gewünscht.</translation>
    </message>
    <message>
      <source>Nothing is written back here</source>
      <translation>Hier wird nichts zurückgeschrieben</translation>
    </message>
    <message>
      <source>Nothing is written back here.</source>
      <translation>Hier wird nichts zurückgeschrieben.</translation>
    </message>
    <message>
      <source>Nothing is written to this org, whoever asks.</source>
      <translation>In diese Org wird nichts geschrieben, wer auch immer es verlangt.</translation>
    </message>
    <message>
      <source>Nothing left this machine yet.</source>
      <translation>Noch nichts hat diesen Computer verlassen.</translation>
    </message>
    <message>
      <source>Nothing matches</source>
      <translation>Nichts passt</translation>
    </message>
    <message>
      <source>Nothing of it waits to be sent.</source>
      <translation>Nichts davon wartet darauf, gesendet zu werden.</translation>
    </message>
    <message>
      <source>Nothing of this is written to a CRM.</source>
      <translation>Nichts davon wird in ein CRM geschrieben.</translation>
    </message>
    <message>
      <source>Nothing of this plan is to be sent.</source>
      <translation>Nichts von diesem Plan soll gesendet werden.</translation>
    </message>
    <message>
      <source>Nothing pulled yet</source>
      <translation>Noch nichts abgerufen</translation>
    </message>
    <message>
      <source>Nothing that could be undone.</source>
      <translation>Nichts, was sich rückgängig machen ließe.</translation>
    </message>
    <message>
      <source>Nothing that is installed has these words in its name or its publisher.</source>
      <translation>Nichts Installiertes hat diese Wörter im Namen oder im Herausgeber.</translation>
    </message>
    <message>
      <source>Nothing that {title} holds can be searched for.</source>
      <translation>Nach dem, was {title} enthält, kann nicht gesucht werden.</translation>
    </message>
    <message>
      <source>Nothing to import</source>
      <translation>Nichts zu übernehmen</translation>
    </message>
    <message>
      <source>Nothing to send</source>
      <translation>Nichts zu senden</translation>
    </message>
    <message numerus="yes">
      <source>Nothing to send: %n values are already so.</source>
      <translation>
        <numerusform>Nichts zu senden: %n Wert ist bereits so.</numerusform>
        <numerusform>Nichts zu senden: %n Werte sind bereits so.</numerusform>
      </translation>
    </message>
    <message>
      <source>Nothing to send: everything that could be sent is left out. Tick some of it again.</source>
      <translation>Nichts zu senden: alles, was gesendet werden könnte, ist ausgelassen. Haken Sie etwas davon wieder an.</translation>
    </message>
    <message>
      <source>Nothing to send: the plan is empty.</source>
      <translation>Nichts zu senden: der Plan ist leer.</translation>
    </message>
    <message>
      <source>Nothing waits for anybody.</source>
      <translation>Nichts wartet auf jemanden.</translation>
    </message>
    <message>
      <source>Nothing was changed.</source>
      <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Nothing was cut into batches: no row is to be sent.</source>
      <translation>Nichts wurde in Stapel geteilt: keine Zeile ist zu senden.</translation>
    </message>
    <message>
      <source>Nothing was deleted within 30 days.</source>
      <translation>In den letzten 30 Tagen wurde nichts gelöscht.</translation>
    </message>
    <message>
      <source>Nothing was discarded within 30 days</source>
      <translation>In den letzten 30 Tagen wurde nichts verworfen</translation>
    </message>
    <message>
      <source>Nothing was done yet</source>
      <translation>Noch wurde nichts getan</translation>
    </message>
    <message>
      <source>Nothing was edited here in this session.</source>
      <translation>In dieser Sitzung wurde hier nichts bearbeitet.</translation>
    </message>
    <message>
      <source>Nothing was given up, and nothing waits for another try.</source>
      <translation>Nichts wurde aufgegeben, und nichts wartet auf einen weiteren Versuch.</translation>
    </message>
    <message>
      <source>Nothing was imported yet.</source>
      <translation>Noch nichts wurde importiert.</translation>
    </message>
    <message>
      <source>Nothing was set for this connection.</source>
      <translation>Für diese Verbindung ist nichts gesetzt.</translation>
    </message>
    <message>
      <source>Nothing was typed.</source>
      <translation>Nichts wurde eingegeben.</translation>
    </message>
    <message>
      <source>Nothing was written that could be undone.</source>
      <translation>Nichts wurde geschrieben, das rückgängig gemacht werden könnte.</translation>
    </message>
    <message>
      <source>Nothing went over the wire yet, or it was tidied away.</source>
      <translation>Noch ging nichts über die Leitung, oder es wurde aufgeräumt.</translation>
    </message>
    <message>
      <source>Nothing would be changed.</source>
      <translation>Nichts würde geändert.</translation>
    </message>
    <message>
      <source>Nothing would change.</source>
      <translation>Nichts würde sich ändern.</translation>
    </message>
    <message>
      <source>Notice</source>
      <translation>Meldung</translation>
    </message>
    <message>
      <source>Notices</source>
      <translation>Meldungen</translation>
    </message>
    <message>
      <source>Notices by connection</source>
      <translation>Meldungen je Verbindung</translation>
    </message>
    <message>
      <source>Notices by e-mail or webhook: our words, numbers and job numbers, never a value of a record. A worker sends them, also while the window is closed.</source>
      <translation>Meldungen per E-Mail oder Webhook: unsere Worte, Zahlen und Jobnummern, nie ein Wert eines Datensatzes. Ein Worker sendet sie, auch bei geschlossenem Fenster.</translation>
    </message>
    <message>
      <source>notices notifications bell mute connection silence</source>
      <translation>Meldungen Benachrichtigungen Glocke stumm Verbindung Ruhe notices notifications bell mute connection silence</translation>
    </message>
    <message>
      <source>notices notifications e-mail email mail smtp webhook slack teams channel digest send off machine</source>
      <translation>Meldungen Benachrichtigungen E-Mail Mail smtp Webhook Slack Teams Kanal Sammelmeldung senden von diesem Computer notices notifications email channel digest send off machine</translation>
    </message>
    <message>
      <source>Notices off this machine set up</source>
      <translation>Meldungen von diesem Computer weg eingerichtet</translation>
    </message>
    <message>
      <source>notifications</source>
      <translation>Benachrichtigungen</translation>
    </message>
    <message>
      <source>notifications: failure, partial success</source>
      <translation>Benachrichtigungen: Fehlschlag, Teilerfolg</translation>
    </message>
    <message>
      <source>notify message bell tray alert</source>
      <translation>benachrichtigen Meldung Glocke Infobereich Alarm</translation>
    </message>
    <message>
      <source>Now</source>
      <translation>Jetzt</translation>
    </message>
    <message>
      <source>now</source>
      <translation>jetzt</translation>
    </message>
    <message>
      <source>Nowhere yet</source>
      <translation>Noch nirgends</translation>
    </message>
    <message>
      <source>NPS</source>
      <translation>NPS</translation>
    </message>
    <message>
      <source>NPS score</source>
      <translation>NPS-Wert</translation>
    </message>
    <message>
      <source>NPS: would you recommend us?</source>
      <translation>NPS: Würden Sie uns empfehlen?</translation>
    </message>
    <message>
      <source>Number</source>
      <translation>Zahl</translation>
    </message>
    <message>
      <source>Number of records from which a pull uses a bulk query.</source>
      <translation>Zahl der Datensätze, ab der ein Abruf eine Massenabfrage verwendet.</translation>
    </message>
    <message>
      <source>Number, comma: 1.234,50</source>
      <translation>Zahl, Komma: 1.234,50</translation>
    </message>
    <message>
      <source>Number, point: 1,234.50</source>
      <translation>Zahl, Punkt: 1,234.50</translation>
    </message>
    <message>
      <source>OAUTH_APPROVAL_ERROR_GENERIC, or an address with app+must+be+installed+into+org: the org lets only installed apps in. An administrator installs it under Setup, Connected Apps OAuth Usage, or makes the app in this org.</source>
      <translation>OAUTH_APPROVAL_ERROR_GENERIC, oder eine Adresse mit app+must+be+installed+into+org: die Org lässt nur installierte Apps ein. Ein Administrator installiert sie unter Setup, Connected Apps OAuth Usage, oder erstellt die App in dieser Org.</translation>
    </message>
    <message>
      <source>Object</source>
      <translation>Objekt</translation>
    </message>
    <message>
      <source>Objects</source>
      <translation>Objekte</translation>
    </message>
    <message>
      <source>Objects &amp; mapping</source>
      <translation>Objekte &amp; Zuordnung</translation>
    </message>
    <message>
      <source>Of</source>
      <translation>Für</translation>
    </message>
    <message numerus="yes">
      <source>of %n rows the CRM holds something else now</source>
      <translation>
        <numerusform>bei %n Zeile steht im CRM jetzt etwas anderes</numerusform>
        <numerusform>bei %n Zeilen steht im CRM jetzt etwas anderes</numerusform>
      </translation>
    </message>
    <message>
      <source>Of all records at most</source>
      <translation>Von allen Datensätzen höchstens</translation>
    </message>
    <message>
      <source>Of the same app. Kept in the vault alone.</source>
      <translation>Aus derselben App. Nur im Tresor aufbewahrt.</translation>
    </message>
    <message>
      <source>Of the same client. It is kept in the vault and goes to Zoho's sign-in server only.</source>
      <translation>Aus demselben Client. Es wird im Tresor aufbewahrt und geht nur an den Anmeldeserver von Zoho.</translation>
    </message>
    <message>
      <source>Of the segment at most</source>
      <translation>Vom Segment höchstens</translation>
    </message>
    <message>
      <source>Of the self client.</source>
      <translation>Aus dem Self Client.</translation>
    </message>
    <message>
      <source>Of the self client. Kept in the vault alone.</source>
      <translation>Aus dem Self Client. Nur im Tresor aufbewahrt.</translation>
    </message>
    <message>
      <source>of the workspace</source>
      <translation>des Arbeitsbereichs</translation>
    </message>
    <message>
      <source>Of which connections</source>
      <translation>Von welchen Verbindungen</translation>
    </message>
    <message>
      <source>Of your app registration. A secret is not asked for and never sent.</source>
      <translation>Aus Ihrer App-Registrierung. Ein Geheimnis wird weder verlangt noch gesendet.</translation>
    </message>
    <message>
      <source>Of your External Client App. A secret is not asked for and never sent.</source>
      <translation>Aus Ihrer External Client App. Ein Geheimnis wird weder verlangt noch gesendet.</translation>
    </message>
    <message>
      <source>Of your own app. Its redirect addresses: http://localhost:3517/callback, :3518 and :3519.</source>
      <translation>Aus Ihrer eigenen App. Ihre Weiterleitungsadressen: http://localhost:3517/callback, :3518 und :3519.</translation>
    </message>
    <message>
      <source>Of your server-based client at api-console.zoho.com (or the console of your data centre).</source>
      <translation>Aus Ihrem serverbasierten Client bei api-console.zoho.com (oder der Konsole Ihres Rechenzentrums).</translation>
    </message>
    <message>
      <source>Off</source>
      <translation>Aus</translation>
    </message>
    <message>
      <source>off</source>
      <translation>aus</translation>
    </message>
    <message numerus="yes">
      <source>Off after %n strikes</source>
      <translation>
        <numerusform>Aus nach %n Fehlschlag</numerusform>
        <numerusform>Aus nach %n Fehlschlägen</numerusform>
      </translation>
    </message>
    <message>
      <source>Off this machine</source>
      <translation>Von diesem Computer weg</translation>
    </message>
    <message>
      <source>Off: each at once</source>
      <translation>Aus: jede sofort</translation>
    </message>
    <message>
      <source>Off: jobs are sent by a worker that runs elsewhere, such as a service.</source>
      <translation>Aus: Jobs werden von einem Worker gesendet, der anderswo läuft, etwa als Dienst.</translation>
    </message>
    <message>
      <source>Off: nothing is told of that connection.</source>
      <translation>Aus: von dieser Verbindung wird nichts gemeldet.</translation>
    </message>
    <message>
      <source>Off: safe start</source>
      <translation>Aus: abgesicherter Start</translation>
    </message>
    <message>
      <source>Off: start at once</source>
      <translation>Aus: sofort beginnen</translation>
    </message>
    <message>
      <source>Off: what leaves this machine says our words, numbers and job numbers only.</source>
      <translation>Aus: Was diesen Computer verlässt, enthält nur unsere Worte, Zahlen und Jobnummern.</translation>
    </message>
    <message>
      <source>Offered</source>
      <translation>Angeboten</translation>
    </message>
    <message>
      <source>offline: {names}</source>
      <translation>nicht erreichbar: {names}</translation>
    </message>
    <message>
      <source>Old</source>
      <translation>Alt</translation>
    </message>
    <message>
      <source>Older than a newer answer</source>
      <translation>Älter als eine neuere Antwort</translation>
    </message>
    <message>
      <source>On</source>
      <translation>An</translation>
    </message>
    <message>
      <source>on</source>
      <translation>an</translation>
    </message>
    <message numerus="yes">
      <source>on %n records</source>
      <translation>
        <numerusform>an %n Datensatz</numerusform>
        <numerusform>an %n Datensätzen</numerusform>
      </translation>
    </message>
    <message>
      <source>On another device. The app registration has to allow public client flows.</source>
      <translation>Auf einem anderen Gerät. Die App-Registrierung muss öffentliche Client-Abläufe erlauben.</translation>
    </message>
    <message>
      <source>On any record. Nothing of it is kept or sent.</source>
      <translation>An einem beliebigen Datensatz. Nichts davon wird gespeichert oder gesendet.</translation>
    </message>
    <message>
      <source>on day {day} of each month at {time}</source>
      <translation>am {day}. jedes Monats um {time}</translation>
    </message>
    <message>
      <source>On days of the week</source>
      <translation>An Wochentagen nach Wahl</translation>
    </message>
    <message>
      <source>On edits of leads and cases: false runs none, true the active one, the id of a rule that one.</source>
      <translation>Bei Änderungen von Leads und Fällen: false lässt keine laufen, true die aktive, die Id einer Regel diese.</translation>
    </message>
    <message>
      <source>On the record</source>
      <translation>Am Datensatz</translation>
    </message>
    <message>
      <source>On, running</source>
      <translation>An, läuft</translation>
    </message>
    <message>
      <source>on, waiting</source>
      <translation>ein, wartet</translation>
    </message>
    <message>
      <source>Once</source>
      <translation>Einmal</translation>
    </message>
    <message>
      <source>Once a day</source>
      <translation>Einmal am Tag</translation>
    </message>
    <message>
      <source>once, {day} at {time}</source>
      <translation>einmal, {day} um {time}</translation>
    </message>
    <message>
      <source>One a line, in their order: the value, or value = label.</source>
      <translation>Eine je Zeile, in ihrer Reihenfolge: der Wert, oder Wert = Bezeichnung.</translation>
    </message>
    <message>
      <source>one a line: value, or value = label</source>
      <translation>eine je Zeile: Wert, oder Wert = Bezeichnung</translation>
    </message>
    <message>
      <source>One address, or several with commas between them.</source>
      <translation>Eine Adresse, oder mehrere mit Kommas dazwischen.</translation>
    </message>
    <message>
      <source>One after the other</source>
      <translation>Reihum</translation>
    </message>
    <message>
      <source>one after the other</source>
      <translation>reihum</translation>
    </message>
    <message>
      <source>One app may serve several accounts, but each connection belongs to the account that was chosen at sign-in.</source>
      <translation>Eine App kann mehreren Konten dienen, aber jede Verbindung gehört zu dem Konto, das bei der Anmeldung gewählt wurde.</translation>
    </message>
    <message>
      <source>one by one</source>
      <translation>einzeln</translation>
    </message>
    <message>
      <source>One card per CRM org. What may be written is decided here, per org.</source>
      <translation>Eine Karte je CRM-Org. Was geschrieben werden darf, wird hier je Org entschieden.</translation>
    </message>
    <message>
      <source>One JSON document for each change, posted to an address of yours. Chat programs that take incoming webhooks show its text.</source>
      <translation>Ein JSON-Dokument für jede Änderung, gesendet an eine Adresse von Ihnen. Chatprogramme, die eingehende Webhooks annehmen, zeigen seinen Text.</translation>
    </message>
    <message>
      <source>One line is enough</source>
      <translation>Eine Zeile genügt</translation>
    </message>
    <message>
      <source>One page down</source>
      <translation>Eine Seite nach unten</translation>
    </message>
    <message>
      <source>One page up</source>
      <translation>Eine Seite nach oben</translation>
    </message>
    <message>
      <source>One person's workspace</source>
      <translation>Arbeitsbereich einer einzigen Person</translation>
    </message>
    <message>
      <source>One plain-text message for each change, sent through your own mail server.</source>
      <translation>Eine Textnachricht für jede Änderung, gesendet über Ihren eigenen Mailserver.</translation>
    </message>
    <message>
      <source>One space instead of many</source>
      <translation>Ein Leerzeichen statt vieler</translation>
    </message>
    <message>
      <source>one, another, …</source>
      <translation>einer, noch einer, …</translation>
    </message>
    <message>
      <source>Only a plugin that may run can be checked.</source>
      <translation>Nur ein Plugin, das laufen darf, kann geprüft werden.</translation>
    </message>
    <message>
      <source>Only about {record}</source>
      <translation>Nur zu {record}</translation>
    </message>
    <message>
      <source>Only create new ones</source>
      <translation>Nur neue anlegen</translation>
    </message>
    <message>
      <source>Only if</source>
      <translation>Nur wenn</translation>
    </message>
    <message>
      <source>Only jobs about this record</source>
      <translation>Nur Jobs zu diesem Datensatz</translation>
    </message>
    <message>
      <source>Only jobs of mine</source>
      <translation>Nur meine Jobs</translation>
    </message>
    <message>
      <source>Only records that fit are pulled. After a change the next pull reads everything, and records that fit no more are marked as gone here. Nothing changes in the CRM.</source>
      <translation>Nur passende Datensätze werden abgerufen. Nach einer Änderung liest der nächste Abruf alles, und Datensätze, die nicht mehr passen, werden hier als gelöscht markiert. Im CRM ändert sich nichts.</translation>
    </message>
    <message>
      <source>Only what does not fit</source>
      <translation>Nur was nicht passt</translation>
    </message>
    <message>
      <source>Only when</source>
      <translation>Nur wenn</translation>
    </message>
    <message>
      <source>Only where it changes</source>
      <translation>Nur wo es etwas ändert</translation>
    </message>
    <message>
      <source>Only with My Domain: the host your org is reached at.</source>
      <translation>Nur mit My Domain: der Host, unter dem Ihre Org erreichbar ist.</translation>
    </message>
    <message>
      <source>Open</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>open</source>
      <translation>offen</translation>
    </message>
    <message>
      <source>Open a list</source>
      <translation>Eine Liste öffnen</translation>
    </message>
    <message>
      <source>Open a workspace</source>
      <translation>Arbeitsbereich öffnen</translation>
    </message>
    <message>
      <source>Open account</source>
      <translation>Account öffnen</translation>
    </message>
    <message>
      <source>Open Account assignment first.</source>
      <translation>Öffnen Sie zuerst Account-Zuständigkeit.</translation>
    </message>
    <message>
      <source>Open Accounts first.</source>
      <translation>Öffnen Sie zuerst Accounts.</translation>
    </message>
    <message>
      <source>Open Accounts or Objects &amp; mapping first.</source>
      <translation>Öffnen Sie zuerst Accounts oder Objekte &amp; Zuordnung.</translation>
    </message>
    <message>
      <source>Open again</source>
      <translation>Erneut öffnen</translation>
    </message>
    <message>
      <source>Open another workspace…</source>
      <translation>Anderen Arbeitsbereich öffnen…</translation>
    </message>
    <message>
      <source>Open another…</source>
      <translation>Anderen öffnen…</translation>
    </message>
    <message>
      <source>Open Campaigns first.</source>
      <translation>Öffnen Sie zuerst Kampagnen.</translation>
    </message>
    <message>
      <source>Open in CRM</source>
      <translation>Im CRM öffnen</translation>
    </message>
    <message>
      <source>Open it</source>
      <translation>Öffnen</translation>
    </message>
    <message>
      <source>Open its job</source>
      <translation>Seinen Auftrag öffnen</translation>
    </message>
    <message>
      <source>Open jobs</source>
      <translation>Jobs öffnen</translation>
    </message>
    <message>
      <source>Open Objects &amp; mapping first.</source>
      <translation>Öffnen Sie zuerst Objekte &amp; Zuordnung.</translation>
    </message>
    <message>
      <source>Open plugins</source>
      <translation>Plugins öffnen</translation>
    </message>
    <message>
      <source>Open tasks</source>
      <translation>Offene Aufgaben</translation>
    </message>
    <message>
      <source>Open Tasks or an account first.</source>
      <translation>Öffnen Sie zuerst Aufgaben oder einen Account.</translation>
    </message>
    <message>
      <source>Open the API console of your data centre (api-console.zoho.com, .eu, .in, …) and add a client, kind Server-based Applications.</source>
      <translation>Öffnen Sie die API-Konsole Ihres Rechenzentrums (api-console.zoho.com, .eu, .in, …), und fügen Sie einen Client der Art Server-based Applications hinzu.</translation>
    </message>
    <message>
      <source>Open the API console of your data centre (api-console.zoho.com, .eu, .in, …) and add a Self Client.</source>
      <translation>Öffnen Sie die API-Konsole Ihres Rechenzentrums (api-console.zoho.com, .eu, .in, …), und fügen Sie einen Self Client hinzu.</translation>
    </message>
    <message>
      <source>Open the calendar</source>
      <translation>Den Kalender öffnen</translation>
    </message>
    <message>
      <source>Open the record</source>
      <translation>Datensatz öffnen</translation>
    </message>
    <message>
      <source>Open the record in {connection}</source>
      <translation>Den Datensatz in {connection} öffnen</translation>
    </message>
    <message>
      <source>Open the run</source>
      <translation>Lauf öffnen</translation>
    </message>
    <message>
      <source>Open where it is set…</source>
      <translation>Öffnen, wo es eingestellt ist…</translation>
    </message>
    <message>
      <source>Open workspace</source>
      <translation>Arbeitsbereich öffnen</translation>
    </message>
    <message>
      <source>Open workspace…</source>
      <translation>Arbeitsbereich öffnen…</translation>
    </message>
    <message>
      <source>Open {account}</source>
      <translation>{account} öffnen</translation>
    </message>
    <message>
      <source>Open {host}</source>
      <translation>{host} öffnen</translation>
    </message>
    <message>
      <source>Open {host} in the browser?</source>
      <translation>{host} im Browser öffnen?</translation>
    </message>
    <message>
      <source>opened</source>
      <translation>geöffnet</translation>
    </message>
    <message>
      <source>Open…</source>
      <translation>Öffnen…</translation>
    </message>
    <message>
      <source>Operator</source>
      <translation>Operator</translation>
    </message>
    <message>
      <source>Opportunities</source>
      <translation>Opportunitys</translation>
    </message>
    <message>
      <source>Options</source>
      <translation>Optionen</translation>
    </message>
    <message>
      <source>options</source>
      <translation>Optionen</translation>
    </message>
    <message>
      <source>Options of a list with several values are not merged here.</source>
      <translation>Optionen einer Liste mit mehreren Werten werden hier nicht zusammengeführt.</translation>
    </message>
    <message>
      <source>Options of an attribute merged</source>
      <translation>Optionen eines Attributs zusammengeführt</translation>
    </message>
    <message>
      <source>Options or stages</source>
      <translation>Optionen oder Stufen</translation>
    </message>
    <message>
      <source>Or one of its domains; organizations for any work account.</source>
      <translation>Oder eine ihrer Domänen; organizations für jedes Geschäftskonto.</translation>
    </message>
    <message>
      <source>order of columns</source>
      <translation>Reihenfolge der Spalten</translation>
    </message>
    <message>
      <source>Org</source>
      <translation>Org</translation>
    </message>
    <message>
      <source>org {id}</source>
      <translation>Org {id}</translation>
    </message>
    <message>
      <source>orgs</source>
      <translation>Orgs</translation>
    </message>
    <message>
      <source>Origin</source>
      <translation>Herkunft</translation>
    </message>
    <message>
      <source>Other than the first only for sovereign clouds.</source>
      <translation>Nur für souveräne Clouds ein anderer als der erste.</translation>
    </message>
    <message>
      <source>Ours becomes a default</source>
      <translation>Unserer wird ein Standardwert</translation>
    </message>
    <message>
      <source>Ours becomes empty too</source>
      <translation>Unserer wird auch leer</translation>
    </message>
    <message>
      <source>Ours stays as it is</source>
      <translation>Unserer bleibt, wie er ist</translation>
    </message>
    <message>
      <source>Ours wins</source>
      <translation>Unserer gewinnt</translation>
    </message>
    <message>
      <source>Outcome</source>
      <translation>Ausgang</translation>
    </message>
    <message>
      <source>outcome</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>Outcome checked now</source>
      <translation>Ausgang jetzt geprüft</translation>
    </message>
    <message>
      <source>Outcome in a few words</source>
      <translation>Ausgang in wenigen Worten</translation>
    </message>
    <message>
      <source>outcome unknown</source>
      <translation>Ausgang unbekannt</translation>
    </message>
    <message>
      <source>Outcomes</source>
      <translation>Ausgänge</translation>
    </message>
    <message>
      <source>over</source>
      <translation>vorbei</translation>
    </message>
    <message>
      <source> Overridden by {overridden_by}.</source>
      <translation> Übergangen von {overridden_by}.</translation>
    </message>
    <message>
      <source>override guards</source>
      <translation>Schutzgrenzen übergehen</translation>
    </message>
    <message>
      <source>Overview</source>
      <translation>Überblick</translation>
    </message>
    <message>
      <source>overview</source>
      <translation>Überblick</translation>
    </message>
    <message>
      <source>Owner</source>
      <translation>Eigentümer</translation>
    </message>
    <message>
      <source>owner</source>
      <translation>Eigentümer</translation>
    </message>
    <message>
      <source>owners</source>
      <translation>Eigentümer</translation>
    </message>
    <message>
      <source>Package</source>
      <translation>Paket</translation>
    </message>
    <message>
      <source>Page</source>
      <translation>Seite</translation>
    </message>
    <message>
      <source>Pages</source>
      <translation>Seiten</translation>
    </message>
    <message>
      <source>Pages of {host} are opened in the browser.</source>
      <translation>Seiten von {host} werden im Browser geöffnet.</translation>
    </message>
    <message>
      <source>Part</source>
      <translation>Teil</translation>
    </message>
    <message>
      <source>Part of a name, an e-mail or an id</source>
      <translation>Teil eines Namens, einer E-Mail-Adresse oder einer Id</translation>
    </message>
    <message>
      <source>Part of the record's name</source>
      <translation>Teil des Namens des Datensatzes</translation>
    </message>
    <message>
      <source>Part of Writeback</source>
      <translation>Teil von Writeback</translation>
    </message>
    <message>
      <source>Partial success</source>
      <translation>Teilweise geschrieben</translation>
    </message>
    <message>
      <source>Partly written</source>
      <translation>Teilweise geschrieben</translation>
    </message>
    <message>
      <source>Parts of the file</source>
      <translation>Teile der Datei</translation>
    </message>
    <message>
      <source>Parts of the job</source>
      <translation>Teile des Jobs</translation>
    </message>
    <message>
      <source>Parts of the settings</source>
      <translation>Teile der Einstellungen</translation>
    </message>
    <message>
      <source>passive</source>
      <translation>passiv</translation>
    </message>
    <message>
      <source>Passives</source>
      <translation>Passive</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Kennwort</translation>
    </message>
    <message>
      <source>Paste</source>
      <translation>Einfügen</translation>
    </message>
    <message>
      <source>Paste block</source>
      <translation>Block einfügen</translation>
    </message>
    <message>
      <source>Paste the address first.</source>
      <translation>Fügen Sie zuerst die Adresse ein.</translation>
    </message>
    <message>
      <source>Paste the address that the browser ended on</source>
      <translation>Fügen Sie die Adresse ein, bei der der Browser angekommen ist</translation>
    </message>
    <message>
      <source>Paths through references, copies and files</source>
      <translation>Pfade über Referenzen, Kopien und Dateien</translation>
    </message>
    <message>
      <source>Pause</source>
      <translation>Anhalten</translation>
    </message>
    <message>
      <source>Pause all jobs</source>
      <translation>Alle Jobs anhalten</translation>
    </message>
    <message>
      <source>Pause jobs and quit</source>
      <translation>Jobs anhalten und beenden</translation>
    </message>
    <message>
      <source>Pause or resume job</source>
      <translation>Job anhalten oder fortsetzen</translation>
    </message>
    <message>
      <source>Paused</source>
      <translation>Angehalten</translation>
    </message>
    <message>
      <source>paused</source>
      <translation>angehalten</translation>
    </message>
    <message>
      <source>Paused: nothing is pulled by itself.</source>
      <translation>Angehalten: nichts wird von selbst abgerufen.</translation>
    </message>
    <message>
      <source>PEM file of the authorities that are trusted instead of those we ship. WRITEBACK_CA_FILE of the environment comes first.</source>
      <translation>PEM-Datei der Stellen, denen statt der mitgelieferten vertraut wird. WRITEBACK_CA_FILE der Umgebung geht vor.</translation>
    </message>
    <message>
      <source>Pending</source>
      <translation>Ausstehend</translation>
    </message>
    <message>
      <source>Pending edits</source>
      <translation>Ausstehende Änderungen</translation>
    </message>
    <message>
      <source>Pending edits: {names}.</source>
      <translation>Ausstehende Änderungen: {names}.</translation>
    </message>
    <message>
      <source>People</source>
      <translation>Personen</translation>
    </message>
    <message>
      <source>people</source>
      <translation>Personen</translation>
    </message>
    <message>
      <source>People may edit it by hand</source>
      <translation>Darf von Hand bearbeitet werden</translation>
    </message>
    <message>
      <source>People of this workspace: {names}.</source>
      <translation>Personen dieses Arbeitsbereichs: {names}.</translation>
    </message>
    <message>
      <source>per-account user attributes</source>
      <translation>Benutzerattribute je Account</translation>
    </message>
    <message>
      <source>Permission level</source>
      <translation>Berechtigungsstufe</translation>
    </message>
    <message>
      <source>Permission level removed</source>
      <translation>Berechtigungsstufe entfernt</translation>
    </message>
    <message>
      <source>Permission level set</source>
      <translation>Berechtigungsstufe gesetzt</translation>
    </message>
    <message>
      <source>Permissions</source>
      <translation>Berechtigungen</translation>
    </message>
    <message>
      <source>Person</source>
      <translation>Person</translation>
    </message>
    <message>
      <source>Place, regions and tabs of the window of each workspace.</source>
      <translation>Ort, Bereiche und Register des Fensters jedes Arbeitsbereichs.</translation>
    </message>
    <message>
      <source>Plan</source>
      <translation>Plan</translation>
    </message>
    <message>
      <source>plan</source>
      <translation>Plan</translation>
    </message>
    <message>
      <source>Plan again…</source>
      <translation>Erneut planen…</translation>
    </message>
    <message>
      <source>Plan approved</source>
      <translation>Plan freigegeben</translation>
    </message>
    <message>
      <source>Plan declined</source>
      <translation>Plan abgelehnt</translation>
    </message>
    <message>
      <source>Plan file (*.json)</source>
      <translation>Plandatei (*.json)</translation>
    </message>
    <message>
      <source>Plan written to {name}.</source>
      <translation>Plan nach {name} geschrieben.</translation>
    </message>
    <message>
      <source>planned, not sent</source>
      <translation>geplant, nicht gesendet</translation>
    </message>
    <message>
      <source>Plans</source>
      <translation>Pläne</translation>
    </message>
    <message>
      <source>Plans that wait for approval</source>
      <translation>Pläne, die auf Freigabe warten</translation>
    </message>
    <message>
      <source>Plan…</source>
      <translation>Planen…</translation>
    </message>
    <message>
      <source>Platinum</source>
      <translation>Platin</translation>
    </message>
    <message>
      <source>Play</source>
      <translation>SuccessPlay</translation>
    </message>
    <message>
      <source>Play deleted</source>
      <translation>SuccessPlay gelöscht</translation>
    </message>
    <message>
      <source>Play renamed</source>
      <translation>SuccessPlay umbenannt</translation>
    </message>
    <message>
      <source>Play restored</source>
      <translation>SuccessPlay wiederhergestellt</translation>
    </message>
    <message>
      <source>Play saved</source>
      <translation>SuccessPlay gespeichert</translation>
    </message>
    <message>
      <source>Play switched off</source>
      <translation>SuccessPlay ausgeschaltet</translation>
    </message>
    <message>
      <source>Play switched on</source>
      <translation>SuccessPlay eingeschaltet</translation>
    </message>
    <message>
      <source>Play: {name}</source>
      <translation>SuccessPlay: {name}</translation>
    </message>
    <message>
      <source>Plays</source>
      <translation>SuccessPlays</translation>
    </message>
    <message>
      <source>plays</source>
      <translation>Plays</translation>
    </message>
    <message>
      <source>Please send me what the last step names. No password is needed.

Thank you</source>
      <translation>Bitte senden Sie mir, was der letzte Schritt nennt. Ein Passwort wird nicht gebraucht.

Vielen Dank</translation>
    </message>
    <message>
      <source>Plug-in steps passed over</source>
      <translation>Übergangene Plug-in-Schritte</translation>
    </message>
    <message>
      <source>Plugin</source>
      <translation>Plugin</translation>
    </message>
    <message>
      <source>plugin missing</source>
      <translation>Plugin fehlt</translation>
    </message>
    <message>
      <source>Plugins</source>
      <translation>Plugins</translation>
    </message>
    <message>
      <source>Plugins are allowed by each person for their own computer, so that right binds nobody here.</source>
      <translation>Plugins erlaubt jede Person für ihren eigenen Computer, darum bindet dieses Recht hier niemanden.</translation>
    </message>
    <message>
      <source>Plugins of others</source>
      <translation>Plugins anderer</translation>
    </message>
    <message>
      <source>Plugins of others run again.</source>
      <translation>Plugins anderer laufen wieder.</translation>
    </message>
    <message>
      <source>Plugins run with your rights; the worker process isolates faults, not intentions.</source>
      <translation>Plugins laufen mit Ihren Rechten; der Worker-Prozess trennt Fehler ab, nicht Absichten.</translation>
    </message>
    <message>
      <source>point</source>
      <translation>Punkt</translation>
    </message>
    <message>
      <source>point, as in 8.0</source>
      <translation>Punkt, wie in 8.0</translation>
    </message>
    <message>
      <source>Policies: let the users in who are to sign in, and choose how long the refresh token lives.</source>
      <translation>Policies: lassen Sie die Benutzer ein, die sich anmelden sollen, und wählen Sie, wie lange das Refresh-Token lebt.</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Port</translation>
    </message>
    <message>
      <source>Port of the redirect</source>
      <translation>Port der Weiterleitung</translation>
    </message>
    <message>
      <source>Prefer {name}</source>
      <translation>{name} bevorzugen</translation>
    </message>
    <message>
      <source>preferences</source>
      <translation>Voreinstellungen</translation>
    </message>
    <message>
      <source>Preparing</source>
      <translation>Wird vorbereitet</translation>
    </message>
    <message>
      <source>Press the new key for “{action}”</source>
      <translation>Drücken Sie die neue Taste für „{action}“</translation>
    </message>
    <message>
      <source>Preview</source>
      <translation>Vorschau</translation>
    </message>
    <message>
      <source>Preview of a pull…</source>
      <translation>Vorschau eines Abrufs…</translation>
    </message>
    <message>
      <source>Preview of {name}</source>
      <translation>Vorschau von {name}</translation>
    </message>
    <message>
      <source>Preview…</source>
      <translation>Vorschau…</translation>
    </message>
    <message>
      <source>Previous</source>
      <translation>Vorheriger</translation>
    </message>
    <message>
      <source>Previous marked cell</source>
      <translation>Vorige markierte Zelle</translation>
    </message>
    <message>
      <source>Previous region</source>
      <translation>Voriger Bereich</translation>
    </message>
    <message>
      <source>Previous tab</source>
      <translation>Voriges Register</translation>
    </message>
    <message>
      <source>privacy e-mail email webhook</source>
      <translation>Datenschutz E-Mail Webhook</translation>
    </message>
    <message>
      <source>Private key (JWT bearer)</source>
      <translation>Privater Schlüssel (JWT Bearer)</translation>
    </message>
    <message>
      <source>Product</source>
      <translation>Produkt</translation>
    </message>
    <message>
      <source>Production and Developer orgs: Production. Sandboxes: Test. Or your org's own address.</source>
      <translation>Produktions- und Developer-Orgs: Production. Sandboxes: Test. Oder die eigene Adresse Ihrer Org.</translation>
    </message>
    <message>
      <source>profile</source>
      <translation>Profil</translation>
    </message>
    <message>
      <source>Progress</source>
      <translation>Fortschritt</translation>
    </message>
    <message>
      <source>Progress of the running job</source>
      <translation>Fortschritt des laufenden Jobs</translation>
    </message>
    <message>
      <source>promoter</source>
      <translation>Förderer</translation>
    </message>
    <message>
      <source>Promoters</source>
      <translation>Promotoren</translation>
    </message>
    <message>
      <source>proof</source>
      <translation>Nachweis</translation>
    </message>
    <message>
      <source>Proposals</source>
      <translation>Vorschläge</translation>
    </message>
    <message>
      <source>Proxy</source>
      <translation>Proxy</translation>
    </message>
    <message>
      <source>proxy</source>
      <translation>Proxy</translation>
    </message>
    <message>
      <source>Publish</source>
      <translation>Veröffentlichen</translation>
    </message>
    <message>
      <source>published</source>
      <translation>veröffentlicht</translation>
    </message>
    <message>
      <source>Publisher</source>
      <translation>Herausgeber</translation>
    </message>
    <message>
      <source>Pull</source>
      <translation>Abruf</translation>
    </message>
    <message>
      <source>Pull failed</source>
      <translation>Abruf fehlgeschlagen</translation>
    </message>
    <message>
      <source>Pull from the CRM</source>
      <translation>Aus dem CRM abrufen</translation>
    </message>
    <message>
      <source>Pull in bulk from</source>
      <translation>Massenabruf ab</translation>
    </message>
    <message>
      <source>Pull now</source>
      <translation>Jetzt abrufen</translation>
    </message>
    <message>
      <source>Pull only when asked</source>
      <translation>Nur auf Wunsch abrufen</translation>
    </message>
    <message>
      <source>Pull reads the records into the workspace. It changes nothing in the CRM.</source>
      <translation>Abrufen liest die Datensätze in den Arbeitsbereich. Im CRM ändert es nichts.</translation>
    </message>
    <message>
      <source>Pull the records</source>
      <translation>Die Datensätze abrufen</translation>
    </message>
    <message>
      <source>Pulled</source>
      <translation>Abgerufen</translation>
    </message>
    <message>
      <source>Pulled by itself {when} · {next}</source>
      <translation>Von selbst abgerufen {when} · {next}</translation>
    </message>
    <message>
      <source>Pulled only when somebody asks.</source>
      <translation>Wird nur auf Wunsch abgerufen.</translation>
    </message>
    <message>
      <source>Pulling…</source>
      <translation>Wird abgerufen…</translation>
    </message>
    <message>
      <source>Pulls</source>
      <translation>Abrufe</translation>
    </message>
    <message>
      <source>pulls of changes only</source>
      <translation>Abrufe nur der Änderungen</translation>
    </message>
    <message>
      <source>Pulls of {object}</source>
      <translation>Abrufe von {object}</translation>
    </message>
    <message>
      <source>Put a third value</source>
      <translation>Einen dritten Wert einsetzen</translation>
    </message>
    <message>
      <source>Put back these fields</source>
      <translation>Diese Felder zurücksetzen</translation>
    </message>
    <message>
      <source>Put back {old}</source>
      <translation>Auf {old} zurücksetzen</translation>
    </message>
    <message>
      <source>Put this value</source>
      <translation>Wert einsetzen</translation>
    </message>
    <message>
      <source>Put {title} back to {old}</source>
      <translation>{title} auf {old} zurücksetzen</translation>
    </message>
    <message>
      <source>Qt and PySide6 are used under the LGPL-3; their libraries lie apart and may be replaced.</source>
      <translation>Qt und PySide6 werden unter der LGPL-3 verwendet; ihre Bibliotheken liegen für sich und dürfen ersetzt werden.</translation>
    </message>
    <message>
      <source>Quality tier</source>
      <translation>Qualitätsstufe</translation>
    </message>
    <message>
      <source>Quality tier that it claims: {tier}.</source>
      <translation>Beanspruchte Qualitätsstufe: {tier}.</translation>
    </message>
    <message>
      <source>query</source>
      <translation>Abfrage</translation>
    </message>
    <message>
      <source>questionnaire</source>
      <translation>Fragebogen</translation>
    </message>
    <message>
      <source>Questions that are not asked</source>
      <translation>Unterdrückte Fragen</translation>
    </message>
    <message>
      <source>Queue</source>
      <translation>Warteschlange</translation>
    </message>
    <message>
      <source>Queued</source>
      <translation>Eingereiht</translation>
    </message>
    <message>
      <source>queued</source>
      <translation>eingereiht</translation>
    </message>
    <message>
      <source>Queued until the CRM answers</source>
      <translation>Eingereiht, bis das CRM antwortet</translation>
    </message>
    <message>
      <source>Queued {at}; it waits for its turn.</source>
      <translation>Eingereiht {at}; wartet, bis es an der Reihe ist.</translation>
    </message>
    <message>
      <source>queues</source>
      <translation>Warteschlangen</translation>
    </message>
    <message>
      <source>Quiet from</source>
      <translation>Ruhe ab</translation>
    </message>
    <message>
      <source>Quiet hours</source>
      <translation>Ruhezeit</translation>
    </message>
    <message>
      <source>Quiet until</source>
      <translation>Ruhe bis</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Quota</source>
      <translation>Kontingent</translation>
    </message>
    <message>
      <source>Quotas</source>
      <translation>Kontingente</translation>
    </message>
    <message>
      <source>quotas</source>
      <translation>Kontingente</translation>
    </message>
    <message>
      <source>raised an error</source>
      <translation>löste einen Fehler aus</translation>
    </message>
    <message>
      <source>Reachable</source>
      <translation>Erreichbar</translation>
    </message>
    <message>
      <source>Reaches {tier}, claims {claimed}. {passed} checks passed, {failed} failed.</source>
      <translation>Erreicht {tier}, beansprucht {claimed}. {passed} Prüfungen bestanden, {failed} nicht.</translation>
    </message>
    <message>
      <source>Read</source>
      <translation>Lesen</translation>
    </message>
    <message>
      <source>read</source>
      <translation>lesen</translation>
    </message>
    <message>
      <source>Read again</source>
      <translation>Erneut lesen</translation>
    </message>
    <message numerus="yes">
      <source>Read again from %n CRMs.</source>
      <translation>
        <numerusform>Erneut aus %n CRM gelesen.</numerusform>
        <numerusform>Erneut aus %n CRMs gelesen.</numerusform>
      </translation>
    </message>
    <message>
      <source>Read back</source>
      <translation>Nachgelesen</translation>
    </message>
    <message>
      <source>Read back now</source>
      <translation>Jetzt nachlesen</translation>
    </message>
    <message numerus="yes">
      <source>Read back {when}{by}, in %n calls. </source>
      <translation>
        <numerusform>Nachgelesen {when}{by}, in %n Aufruf. </numerusform>
        <numerusform>Nachgelesen {when}{by}, in %n Aufrufen. </numerusform>
      </translation>
    </message>
    <message>
      <source>Read notices</source>
      <translation>Gelesene Meldungen</translation>
    </message>
    <message>
      <source>Read the grid again</source>
      <translation>Raster neu lesen</translation>
    </message>
    <message>
      <source>Read the users of a CRM first.</source>
      <translation>Lesen Sie zuerst die Benutzer eines CRM.</translation>
    </message>
    <message>
      <source>Read users</source>
      <translation>Benutzer lesen</translation>
    </message>
    <message>
      <source>Read users of the CRMs</source>
      <translation>Benutzer der CRMs lesen</translation>
    </message>
    <message>
      <source>read {at}</source>
      <translation>gelesen {at}</translation>
    </message>
    <message>
      <source>Read-back</source>
      <translation>Nachlesen</translation>
    </message>
    <message>
      <source>Read-back of job {number}</source>
      <translation>Nachlesen von Job {number}</translation>
    </message>
    <message>
      <source>Read-only</source>
      <translation>Nur lesen</translation>
    </message>
    <message>
      <source>read-only for you</source>
      <translation>für Sie nur lesbar</translation>
    </message>
    <message>
      <source>Read-only: nothing is written</source>
      <translation>Nur lesen: nichts wird geschrieben</translation>
    </message>
    <message>
      <source>Reading the fields…</source>
      <translation>Felder werden gelesen…</translation>
    </message>
    <message>
      <source>Reading the records afresh. Nothing is sent.</source>
      <translation>Die Datensätze werden frisch gelesen. Nichts wird gesendet.</translation>
    </message>
    <message>
      <source>Reading {rows} back, at most about {calls}. Nothing is changed.</source>
      <translation>{rows} werden nachgelesen, mit höchstens etwa {calls}. Nichts wird geändert.</translation>
    </message>
    <message>
      <source>Reading…</source>
      <translation>Wird gelesen…</translation>
    </message>
    <message>
      <source>Reads and writes the contacts, companies, deals and custom objects of a HubSpot account over its public CRM API.</source>
      <translation>Liest und schreibt die Kontakte, Unternehmen, Deals und eigenen Objekte eines HubSpot-Kontos über dessen öffentliche CRM-API.</translation>
    </message>
    <message>
      <source>Reads and writes the records of a Salesforce org over its public REST and Bulk 2.0 APIs.</source>
      <translation>Liest und schreibt die Datensätze einer Salesforce-Org über deren öffentliche REST- und Bulk-2.0-APIs.</translation>
    </message>
    <message>
      <source>Reads and writes the records of a Zoho CRM organisation over its public API v8: records, COQL, bulk write.</source>
      <translation>Liest und schreibt die Datensätze einer Zoho-CRM-Organisation über deren öffentliche API v8: Datensätze, COQL, Massenschreiben.</translation>
    </message>
    <message>
      <source>Reads and writes the rows of a Dataverse environment (Dynamics 365, Power Platform) over its Web API 9.2.</source>
      <translation>Liest und schreibt die Zeilen einer Dataverse-Umgebung (Dynamics 365, Power Platform) über deren Web API 9.2.</translation>
    </message>
    <message>
      <source>Real time</source>
      <translation>Echtzeit</translation>
    </message>
    <message>
      <source>Reason</source>
      <translation>Grund</translation>
    </message>
    <message>
      <source>reassign</source>
      <translation>neu zuweisen</translation>
    </message>
    <message>
      <source>Recently deleted</source>
      <translation>Kürzlich gelöscht</translation>
    </message>
    <message>
      <source>recently deleted</source>
      <translation>kürzlich gelöscht</translation>
    </message>
    <message>
      <source>recently deleted trash restore undo segment form view play</source>
      <translation>kürzlich gelöscht Papierkorb wiederherstellen rückgängig Segment Formular Ansicht SuccessPlay recently deleted trash restore undo form view play</translation>
    </message>
    <message>
      <source>Recently deleted…</source>
      <translation>Zuletzt gelöscht…</translation>
    </message>
    <message>
      <source>Recipients</source>
      <translation>Empfänger</translation>
    </message>
    <message>
      <source>Recommended</source>
      <translation>Empfohlen</translation>
    </message>
    <message>
      <source>Record</source>
      <translation>Datensatz</translation>
    </message>
    <message>
      <source>record gone</source>
      <translation>Datensatz gelöscht</translation>
    </message>
    <message>
      <source>record id</source>
      <translation>Id des Datensatzes</translation>
    </message>
    <message>
      <source>record · {entity}</source>
      <translation>Datensatz · {entity}</translation>
    </message>
    <message>
      <source>Record: name or id</source>
      <translation>Datensatz: Name oder Id</translation>
    </message>
    <message>
      <source>Records</source>
      <translation>Datensätze</translation>
    </message>
    <message>
      <source>records</source>
      <translation>Datensätze</translation>
    </message>
    <message>
      <source>Records are found and changed. A key that finds nobody blocks its row.</source>
      <translation>Datensätze werden gefunden und geändert. Ein Schlüssel, der niemanden findet, sperrt seine Zeile.</translation>
    </message>
    <message>
      <source>Records are found by this column, as its texts are.</source>
      <translation>Nach dieser Spalte werden Datensätze gefunden, so wie ihre Texte sind.</translation>
    </message>
    <message>
      <source>Records are found by this column: a blank one finds none.</source>
      <translation>Über diese Spalte werden Datensätze gefunden: eine leere Zelle findet keinen.</translation>
    </message>
    <message>
      <source>Records at most</source>
      <translation>Datensätze höchstens</translation>
    </message>
    <message>
      <source>Records found by {key}</source>
      <translation>Datensätze, gefunden über {key}</translation>
    </message>
    <message>
      <source>Records in the CRMs</source>
      <translation>Datensätze in den CRMs</translation>
    </message>
    <message>
      <source>Records keep what they hold; disagreements wait under Conflicts.</source>
      <translation>Datensätze behalten, was sie enthalten; Widersprüche warten unter Konflikte.</translation>
    </message>
    <message>
      <source>Records of</source>
      <translation>Datensätze von</translation>
    </message>
    <message>
      <source>Records of the run</source>
      <translation>Datensätze des Laufs</translation>
    </message>
    <message>
      <source>Records of {matches} are linked by it. Link them by another attribute first.</source>
      <translation>Datensätze von {matches} sind darüber verknüpft. Verknüpfen Sie sie zuerst über ein anderes Attribut.</translation>
    </message>
    <message>
      <source>Records that are found are changed; for a key that finds nobody a new record is created.</source>
      <translation>Gefundene Datensätze werden geändert; für einen Schlüssel, der niemanden findet, wird ein neuer Datensatz angelegt.</translation>
    </message>
    <message>
      <source>Records that change</source>
      <translation>Datensätze, die sich ändern</translation>
    </message>
    <message>
      <source>Records that hold {gone} hold {into} from now on, and what CRMs call {gone} is read as {into}. Nothing is written to a CRM.</source>
      <translation>Datensätze mit {gone} enthalten von nun an {into}, und was CRMs {gone} nennen, wird als {into} gelesen. In kein CRM wird etwas geschrieben.</translation>
    </message>
    <message>
      <source>Records were not brought up to date when they were due.</source>
      <translation>Datensätze wurden nicht aktualisiert, als es fällig war.</translation>
    </message>
    <message>
      <source>Recovered</source>
      <translation>Erholt</translation>
    </message>
    <message>
      <source>recycle bin</source>
      <translation>Papierkorb</translation>
    </message>
    <message>
      <source>Red</source>
      <translation>Rot</translation>
    </message>
    <message>
      <source>Redirect addresses, exactly as they stand here:
{addresses}</source>
      <translation>Weiterleitungsadressen, genau wie sie hier stehen:
{addresses}</translation>
    </message>
    <message>
      <source>redirect_uri_mismatch: the callback URLs have to match to the letter, port included. Register all three.</source>
      <translation>redirect_uri_mismatch: die Callback URLs müssen auf den Buchstaben stimmen, einschließlich Port. Registrieren Sie alle drei.</translation>
    </message>
    <message>
      <source>Redo edit</source>
      <translation>Änderung wiederholen</translation>
    </message>
    <message>
      <source>Redo it</source>
      <translation>Wiederholen</translation>
    </message>
    <message>
      <source>Reduced</source>
      <translation>Reduziert</translation>
    </message>
    <message>
      <source>Reference</source>
      <translation>Referenz</translation>
    </message>
    <message>
      <source>Reference type</source>
      <translation>Referenzart</translation>
    </message>
    <message>
      <source>reference type</source>
      <translation>Referenzart</translation>
    </message>
    <message>
      <source>Refresh</source>
      <translation>Auffrischen</translation>
    </message>
    <message>
      <source>refresh</source>
      <translation>aktualisieren</translation>
    </message>
    <message numerus="yes">
      <source>Refresh the plan first: %n of its records were changed since.</source>
      <translation>
        <numerusform>Aktualisieren Sie zuerst den Plan: %n seiner Datensätze wurde seitdem geändert.</numerusform>
        <numerusform>Aktualisieren Sie zuerst den Plan: %n seiner Datensätze wurden seitdem geändert.</numerusform>
      </translation>
    </message>
    <message>
      <source>Refresh the plan first: it was checked more than 15 minutes ago.</source>
      <translation>Frischen Sie zuerst den Plan auf: er wurde vor mehr als 15 Minuten geprüft.</translation>
    </message>
    <message>
      <source>Refused</source>
      <translation>Abgelehnt</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>abgelehnt</translation>
    </message>
    <message>
      <source>refused: the plan blocks them before anything is sent. accepted: they are sent, and the module decides.</source>
      <translation>refused: der Plan blockiert sie, bevor etwas gesendet wird. accepted: sie werden gesendet, und das Modul entscheidet.</translation>
    </message>
    <message>
      <source>Regular</source>
      <translation>Normal</translation>
    </message>
    <message>
      <source>related field</source>
      <translation>verwandtes Feld</translation>
    </message>
    <message>
      <source>reload</source>
      <translation>neu laden</translation>
    </message>
    <message>
      <source>remap</source>
      <translation>umlegen</translation>
    </message>
    <message>
      <source>Remembered choices</source>
      <translation>Gemerkte Entscheidungen</translation>
    </message>
    <message>
      <source>Remove</source>
      <translation>Entfernen</translation>
    </message>
    <message>
      <source>Remove the filter {words}</source>
      <translation>Den Filter {words} entfernen</translation>
    </message>
    <message>
      <source>Remove the mapping of {attributes}</source>
      <translation>Die Zuordnung von {attributes} entfernen</translation>
    </message>
    <message>
      <source>Remove this line</source>
      <translation>Diese Zeile entfernen</translation>
    </message>
    <message>
      <source>Remove {plugin}</source>
      <translation>{plugin} entfernen</translation>
    </message>
    <message>
      <source>Remove {plugin}?</source>
      <translation>{plugin} entfernen?</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>Rename the connection</source>
      <translation>Die Verbindung umbenennen</translation>
    </message>
    <message>
      <source>Rename the segment</source>
      <translation>Das Segment umbenennen</translation>
    </message>
    <message>
      <source>Rename the {object} {title} in {connection}: {told}.</source>
      <translation>{object} {title} in {connection} umbenennen: {told}.</translation>
    </message>
    <message>
      <source>Rename {name}</source>
      <translation>{name} umbenennen</translation>
    </message>
    <message>
      <source>Rename…</source>
      <translation>Umbenennen…</translation>
    </message>
    <message>
      <source>Reopen</source>
      <translation>Wieder öffnen</translation>
    </message>
    <message>
      <source>Replace it</source>
      <translation>Ersetzen</translation>
    </message>
    <message>
      <source>Replace with</source>
      <translation>Ersetzen durch</translation>
    </message>
    <message>
      <source>report a fault</source>
      <translation>Fehler melden</translation>
    </message>
    <message>
      <source>Report a plugin</source>
      <translation>Ein Plugin melden</translation>
    </message>
    <message>
      <source>Report {plugin}</source>
      <translation>{plugin} melden</translation>
    </message>
    <message>
      <source>Report…</source>
      <translation>Melden…</translation>
    </message>
    <message>
      <source>Request</source>
      <translation>Anfrage</translation>
    </message>
    <message>
      <source>Required</source>
      <translation>Pflicht</translation>
    </message>
    <message>
      <source>required</source>
      <translation>Pflichtfeld</translation>
    </message>
    <message>
      <source>Reset</source>
      <translation>Zurücksetzen</translation>
    </message>
    <message>
      <source>Reset all settings</source>
      <translation>Alle Einstellungen zurücksetzen</translation>
    </message>
    <message>
      <source>Reset all settings?</source>
      <translation>Alle Einstellungen zurücksetzen?</translation>
    </message>
    <message>
      <source>Reset all settings…</source>
      <translation>Alle Einstellungen zurücksetzen…</translation>
    </message>
    <message>
      <source>reset default factory again</source>
      <translation>zurücksetzen Standard Auslieferung wieder reset default factory again</translation>
    </message>
    <message>
      <source>resolve conflict</source>
      <translation>Konflikt lösen</translation>
    </message>
    <message>
      <source>resolve conflicts</source>
      <translation>Konflikte lösen</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Wiederherstellen</translation>
    </message>
    <message>
      <source>Restore a backup</source>
      <translation>Eine Sicherung wiederherstellen</translation>
    </message>
    <message>
      <source>restore a backup</source>
      <translation>Sicherung wiederherstellen</translation>
    </message>
    <message>
      <source>Restore a backup…</source>
      <translation>Eine Sicherung wiederherstellen…</translation>
    </message>
    <message>
      <source>restore a segment</source>
      <translation>Segment wiederherstellen</translation>
    </message>
    <message>
      <source>Restore as</source>
      <translation>Wiederherstellen als</translation>
    </message>
    <message>
      <source>Restore as a new workspace</source>
      <translation>Als neuen Arbeitsbereich wiederherstellen</translation>
    </message>
    <message>
      <source>Restore as a new workspace…</source>
      <translation>Als neuen Arbeitsbereich wiederherstellen…</translation>
    </message>
    <message>
      <source>Restore discarded edits…</source>
      <translation>Verworfene Änderungen zurückholen…</translation>
    </message>
    <message>
      <source>Restore elsewhere…</source>
      <translation>Anderswo wiederherstellen…</translation>
    </message>
    <message>
      <source>Restore…</source>
      <translation>Zurückholen…</translation>
    </message>
    <message>
      <source>restricted</source>
      <translation>eingeschränkt</translation>
    </message>
    <message>
      <source>Restricted: this file came from elsewhere. Nothing is sent from it, and no plugin of others runs for it, until you trust it.</source>
      <translation>Eingeschränkt: diese Datei kommt von woanders. Nichts wird aus ihr gesendet, und kein Plugin anderer läuft für sie, bis Sie ihr vertrauen.</translation>
    </message>
    <message>
      <source>Result</source>
      <translation>Ergebnis</translation>
    </message>
    <message>
      <source>Resume</source>
      <translation>Fortsetzen</translation>
    </message>
    <message>
      <source>Resumed</source>
      <translation>Fortgesetzt</translation>
    </message>
    <message>
      <source>Retention</source>
      <translation>Aufbewahrung</translation>
    </message>
    <message>
      <source>retention</source>
      <translation>Aufbewahrung</translation>
    </message>
    <message>
      <source>Retention &amp; erasure</source>
      <translation>Aufbewahrung &amp; Löschung</translation>
    </message>
    <message>
      <source>Retention changed</source>
      <translation>Aufbewahrung geändert</translation>
    </message>
    <message>
      <source>retention history days forget keep erase privacy</source>
      <translation>Aufbewahrung Verlauf Tage vergessen behalten löschen Datenschutz retention history days forget keep erase privacy</translation>
    </message>
    <message>
      <source>Retries</source>
      <translation>Erneute Versuche</translation>
    </message>
    <message>
      <source>Retry</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>Retry of job {number}</source>
      <translation>Neuer Versuch von Job {number}</translation>
    </message>
    <message>
      <source>Retry refused rows</source>
      <translation>Abgelehnte Zeilen erneut versuchen</translation>
    </message>
    <message>
      <source>Retry refused rows…</source>
      <translation>Abgelehnte Zeilen erneut versuchen…</translation>
    </message>
    <message>
      <source>Retry {rows}…</source>
      <translation>{rows} erneut versuchen…</translation>
    </message>
    <message>
      <source>Retry {title}</source>
      <translation>{title} erneut versuchen</translation>
    </message>
    <message numerus="yes">
      <source>Reverse %n rows…</source>
      <translation>
        <numerusform>%n Zeile umkehren…</numerusform>
        <numerusform>%n Zeilen umkehren…</numerusform>
      </translation>
    </message>
    <message>
      <source>Reverse the job…</source>
      <translation>Den Job umkehren…</translation>
    </message>
    <message>
      <source>Reverse…</source>
      <translation>Umkehren…</translation>
    </message>
    <message>
      <source>Review</source>
      <translation>Prüfen</translation>
    </message>
    <message numerus="yes">
      <source>Review %n changes…</source>
      <translation>
        <numerusform>%n Änderung prüfen…</numerusform>
        <numerusform>%n Änderungen prüfen…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Review %n fixed rows…</source>
      <translation>
        <numerusform>%n gerichtete Zeile prüfen…</numerusform>
        <numerusform>%n gerichtete Zeilen prüfen…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Review %n values of yours</source>
      <translation>
        <numerusform>%n Ihrer Werte prüfen</numerusform>
        <numerusform>%n Ihrer Werte prüfen</numerusform>
      </translation>
    </message>
    <message>
      <source>Review &amp; send</source>
      <translation>Prüfen &amp; senden</translation>
    </message>
    <message>
      <source>Review &amp; send…</source>
      <translation>Prüfen &amp; senden…</translation>
    </message>
    <message>
      <source>Review and send</source>
      <translation>Prüfen und senden</translation>
    </message>
    <message>
      <source>Review fixed rows…</source>
      <translation>Gerichtete Zeilen prüfen…</translation>
    </message>
    <message>
      <source>Review pending edits…</source>
      <translation>Ausstehende Änderungen prüfen…</translation>
    </message>
    <message numerus="yes">
      <source>Review the %n it wanted</source>
      <translation>
        <numerusform>Den %n gewollten prüfen</numerusform>
        <numerusform>Die %n gewollten prüfen</numerusform>
      </translation>
    </message>
    <message>
      <source>Review these…</source>
      <translation>Diese prüfen…</translation>
    </message>
    <message>
      <source>Review what is yours</source>
      <translation>Eigene prüfen</translation>
    </message>
    <message>
      <source>Review…</source>
      <translation>Prüfen…</translation>
    </message>
    <message>
      <source>Right</source>
      <translation>Recht</translation>
    </message>
    <message>
      <source>Rights</source>
      <translation>Rechte</translation>
    </message>
    <message>
      <source>rights</source>
      <translation>Rechte</translation>
    </message>
    <message>
      <source>Rights of each permission level</source>
      <translation>Rechte jeder Berechtigungsstufe</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>Rolle</translation>
    </message>
    <message>
      <source>Role added</source>
      <translation>Rolle hinzugefügt</translation>
    </message>
    <message>
      <source>Roles</source>
      <translation>Rollen</translation>
    </message>
    <message>
      <source>roles</source>
      <translation>Rollen</translation>
    </message>
    <message>
      <source>Roles say who looks after an account. Connect a CRM, then read its users.</source>
      <translation>Rollen sagen, wer sich um einen Account kümmert. Verbinden Sie ein CRM und lesen Sie dann dessen Benutzer.</translation>
    </message>
    <message>
      <source>round robin</source>
      <translation>reihum</translation>
    </message>
    <message>
      <source>round-robin</source>
      <translation>reihum</translation>
    </message>
    <message>
      <source>rounded to 1 place</source>
      <translation>auf 1 Stelle gerundet</translation>
    </message>
    <message>
      <source>rounded to 2 places</source>
      <translation>auf 2 Stellen gerundet</translation>
    </message>
    <message>
      <source>rounded to 4 places</source>
      <translation>auf 4 Stellen gerundet</translation>
    </message>
    <message>
      <source>rounded to whole numbers</source>
      <translation>auf ganze Zahlen gerundet</translation>
    </message>
    <message>
      <source>Rounding</source>
      <translation>Rundung</translation>
    </message>
    <message>
      <source>Route</source>
      <translation>Weg</translation>
    </message>
    <message>
      <source>Route of {object}: {way}</source>
      <translation>Weg von {object}: {way}</translation>
    </message>
    <message>
      <source>Row</source>
      <translation>Zeile</translation>
    </message>
    <message>
      <source>row height spacing</source>
      <translation>Zeile Höhe Abstand</translation>
    </message>
    <message>
      <source>Rows</source>
      <translation>Zeilen</translation>
    </message>
    <message>
      <source>Rows a page</source>
      <translation>Zeilen je Seite</translation>
    </message>
    <message>
      <source>Rows answered by the CRM</source>
      <translation>Vom CRM beantwortete Zeilen</translation>
    </message>
    <message>
      <source>Rows are being matched…</source>
      <translation>Zeilen werden zugeordnet…</translation>
    </message>
    <message>
      <source>rows by chance</source>
      <translation>zufällige Zeilen</translation>
    </message>
    <message>
      <source>Rows marked resolved by hand</source>
      <translation>Zeilen als von Hand erledigt markiert</translation>
    </message>
    <message>
      <source>Rows of a job once more</source>
      <translation>Zeilen eines Jobs noch einmal</translation>
    </message>
    <message>
      <source>Rows of the file</source>
      <translation>Zeilen der Datei</translation>
    </message>
    <message>
      <source>Rows of the file and their records</source>
      <translation>Zeilen der Datei und ihre Datensätze</translation>
    </message>
    <message>
      <source>Rows of the job</source>
      <translation>Zeilen des Jobs</translation>
    </message>
    <message>
      <source>Rows of the trial</source>
      <translation>Zeilen des Probelaufs</translation>
    </message>
    <message>
      <source>Rows that are left over</source>
      <translation>Übrige Zeilen</translation>
    </message>
    <message>
      <source>Rows to put right</source>
      <translation>Zu richtende Zeilen</translation>
    </message>
    <message>
      <source>Rows, fix and undo…</source>
      <translation>Zeilen, berichtigen und rückgängig…</translation>
    </message>
    <message>
      <source>Rule</source>
      <translation>Regel</translation>
    </message>
    <message>
      <source>rules</source>
      <translation>Regeln</translation>
    </message>
    <message>
      <source>Rules that change attributes by themselves. Each is off until you switch it on.</source>
      <translation>Regeln, die Attribute von selbst ändern. Jede ist aus, bis Sie sie einschalten.</translation>
    </message>
    <message>
      <source>Run</source>
      <translation>Lauf</translation>
    </message>
    <message>
      <source>Run it now</source>
      <translation>Jetzt ausführen</translation>
    </message>
    <message>
      <source>Run log</source>
      <translation>Laufprotokoll</translation>
    </message>
    <message>
      <source>Run of a play</source>
      <translation>Lauf eines SuccessPlays</translation>
    </message>
    <message>
      <source>Runs by itself</source>
      <translation>Läuft von selbst</translation>
    </message>
    <message>
      <source>Runs missed while the computer slept are done once.</source>
      <translation>Läufe, die verpasst wurden, während der Rechner schlief, werden einmal nachgeholt.</translation>
    </message>
    <message>
      <source>runs now</source>
      <translation>läuft jetzt</translation>
    </message>
    <message>
      <source>Runs of the play</source>
      <translation>Läufe des SuccessPlays</translation>
    </message>
    <message>
      <source>Runs when</source>
      <translation>Läuft, wenn</translation>
    </message>
    <message>
      <source>Safe for spreadsheets (*.csv)</source>
      <translation>Sicher für Tabellenprogramme (*.csv)</translation>
    </message>
    <message>
      <source>Safe start: plugins of others are off, because the program died while {plugin} ran.</source>
      <translation>Abgesicherter Start: Plugins anderer sind aus, weil das Programm starb, während {plugin} lief.</translation>
    </message>
    <message>
      <source>Safety &amp; guards</source>
      <translation>Sicherheit &amp; Schutzgrenzen</translation>
    </message>
    <message>
      <source>Safety level</source>
      <translation>Sicherheitsstufe</translation>
    </message>
    <message>
      <source>Salesforce</source>
      <translation>Salesforce</translation>
    </message>
    <message>
      <source>Same act</source>
      <translation>Dieselbe Handlung</translation>
    </message>
    <message>
      <source>same API name</source>
      <translation>gleicher API-Name</translation>
    </message>
    <message>
      <source>Same as</source>
      <translation>Gleich wie</translation>
    </message>
    <message>
      <source>same e-mail, which others have as well</source>
      <translation>gleiche E-Mail, die auch andere haben</translation>
    </message>
    <message>
      <source>same id</source>
      <translation>gleiche Id</translation>
    </message>
    <message>
      <source>Same in every row…</source>
      <translation>In jeder Zeile gleich…</translation>
    </message>
    <message>
      <source>same label</source>
      <translation>gleiche Bezeichnung</translation>
    </message>
    <message>
      <source>same name</source>
      <translation>gleicher Name</translation>
    </message>
    <message>
      <source>same name before the @</source>
      <translation>gleicher Name vor dem @</translation>
    </message>
    <message>
      <source>same name, written otherwise</source>
      <translation>gleicher Name, anders geschrieben</translation>
    </message>
    <message>
      <source>same surname and first letter</source>
      <translation>gleicher Nachname und Anfangsbuchstabe</translation>
    </message>
    <message>
      <source>same time</source>
      <translation>gleiche Zeit</translation>
    </message>
    <message>
      <source>sample</source>
      <translation>Stichprobe</translation>
    </message>
    <message>
      <source>sandbox to production</source>
      <translation>sandbox nach produktion</translation>
    </message>
    <message>
      <source>satisfaction</source>
      <translation>Zufriedenheit</translation>
    </message>
    <message>
      <source>Satisfied</source>
      <translation>Zufrieden</translation>
    </message>
    <message>
      <source>satisfied</source>
      <translation>zufrieden</translation>
    </message>
    <message>
      <source>Saturday</source>
      <translation>Samstag</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message numerus="yes">
      <source>Save %n mappings</source>
      <translation>
        <numerusform>%n Zuordnung speichern</numerusform>
        <numerusform>%n Zuordnungen speichern</numerusform>
      </translation>
    </message>
    <message>
      <source>Save as a plan file</source>
      <translation>Als Plandatei speichern</translation>
    </message>
    <message>
      <source>Save as a plan file…</source>
      <translation>Als Plandatei speichern…</translation>
    </message>
    <message>
      <source>Save attribute</source>
      <translation>Attribut speichern</translation>
    </message>
    <message>
      <source>Save filter</source>
      <translation>Filter speichern</translation>
    </message>
    <message>
      <source>Save filter as segment…</source>
      <translation>Filter als Segment speichern…</translation>
    </message>
    <message>
      <source>Save left over rows</source>
      <translation>Übrige Zeilen speichern</translation>
    </message>
    <message>
      <source>Save left over rows…</source>
      <translation>Übrige Zeilen speichern…</translation>
    </message>
    <message>
      <source>Save mapping</source>
      <translation>Zuordnung speichern</translation>
    </message>
    <message>
      <source>Save mappings</source>
      <translation>Zuordnungen speichern</translation>
    </message>
    <message>
      <source>Save mapping…</source>
      <translation>Zuordnung speichern…</translation>
    </message>
    <message>
      <source>Save or discard the changes first.</source>
      <translation>Speichern oder verwerfen Sie zuerst die Änderungen.</translation>
    </message>
    <message>
      <source>Save result files…</source>
      <translation>Ergebnisdateien speichern…</translation>
    </message>
    <message>
      <source>Save role</source>
      <translation>Rolle speichern</translation>
    </message>
    <message>
      <source>Save segment</source>
      <translation>Segment speichern</translation>
    </message>
    <message>
      <source>Save the bundle</source>
      <translation>Das Bündel speichern</translation>
    </message>
    <message>
      <source>Save the bundle…</source>
      <translation>Das Bündel speichern…</translation>
    </message>
    <message>
      <source>Save the filter as a segment</source>
      <translation>Den Filter als Segment speichern</translation>
    </message>
    <message>
      <source>Save the report</source>
      <translation>Bericht speichern</translation>
    </message>
    <message>
      <source>Save the report…</source>
      <translation>Bericht speichern…</translation>
    </message>
    <message>
      <source>Save the view</source>
      <translation>Die Ansicht speichern</translation>
    </message>
    <message>
      <source>Save view</source>
      <translation>Ansicht speichern</translation>
    </message>
    <message>
      <source>Save view for everybody…</source>
      <translation>Ansicht für alle speichern…</translation>
    </message>
    <message>
      <source>Save view…</source>
      <translation>Ansicht speichern…</translation>
    </message>
    <message>
      <source>Save what the columns write</source>
      <translation>Speichern, was die Spalten schreiben</translation>
    </message>
    <message>
      <source>Save what was changed in the form</source>
      <translation>Speichern, was im Formular geändert wurde</translation>
    </message>
    <message>
      <source>Saved as {name}.</source>
      <translation>Als {name} gespeichert.</translation>
    </message>
    <message>
      <source>Saved conditions. Which records each one means is found anew each time it is used.</source>
      <translation>Gespeicherte Bedingungen. Welche Datensätze jede meint, wird bei jeder Verwendung neu ermittelt.</translation>
    </message>
    <message>
      <source>saved filters</source>
      <translation>gespeicherte Filter</translation>
    </message>
    <message>
      <source>saved mapping</source>
      <translation>gespeicherte Zuordnung</translation>
    </message>
    <message>
      <source>Say by how much.</source>
      <translation>Sagen Sie, um wie viel.</translation>
    </message>
    <message>
      <source>Say what has to be done.</source>
      <translation>Sagen Sie, was zu tun ist.</translation>
    </message>
    <message>
      <source>Say what shall be different; what it would do is counted here.</source>
      <translation>Sagen Sie, was anders werden soll; was es bewirken würde, wird hier gezählt.</translation>
    </message>
    <message>
      <source>Say which words are replaced.</source>
      <translation>Sagen Sie, welche Wörter ersetzt werden.</translation>
    </message>
    <message>
      <source>Schedule</source>
      <translation>Zeitplan</translation>
    </message>
    <message>
      <source>schedule</source>
      <translation>Zeitplan</translation>
    </message>
    <message>
      <source>Schedule (comes paused)</source>
      <translation>Zeitplan (kommt pausiert)</translation>
    </message>
    <message>
      <source>Schedule kept.</source>
      <translation>Zeitplan übernommen.</translation>
    </message>
    <message>
      <source>Schedule of a pull…</source>
      <translation>Zeitplan eines Abrufs…</translation>
    </message>
    <message>
      <source>Schedule paused</source>
      <translation>Zeitplan angehalten</translation>
    </message>
    <message>
      <source>Schedule paused: {when}</source>
      <translation>Zeitplan angehalten: {when}</translation>
    </message>
    <message>
      <source>Schedule removed</source>
      <translation>Zeitplan entfernt</translation>
    </message>
    <message>
      <source>Schedule resumed</source>
      <translation>Zeitplan fortgesetzt</translation>
    </message>
    <message>
      <source>Schedule set</source>
      <translation>Zeitplan gesetzt</translation>
    </message>
    <message>
      <source>Schedules</source>
      <translation>Zeitpläne</translation>
    </message>
    <message>
      <source>Schedule…</source>
      <translation>Zeitplan…</translation>
    </message>
    <message>
      <source>Schema</source>
      <translation>Schema</translation>
    </message>
    <message>
      <source>schema drift found in answers</source>
      <translation>Schemaabweichungen an Antworten erkannt</translation>
    </message>
    <message>
      <source>Schema drifted</source>
      <translation>Schema geändert</translation>
    </message>
    <message>
      <source>Schema drifted: {drifted}. Sending of the affected mappings stops.</source>
      <translation>Das Schema hat sich geändert: {drifted}. Das Senden der betroffenen Zuordnungen ruht.</translation>
    </message>
    <message>
      <source>Scopes</source>
      <translation>Scopes</translation>
    </message>
    <message>
      <source>Scopes: {scopes}</source>
      <translation>Scopes: {scopes}</translation>
    </message>
    <message>
      <source>Score</source>
      <translation>Punktzahl</translation>
    </message>
    <message>
      <source>Score from {lowest} to {highest}; the line is the interval of 95 %.</source>
      <translation>Wert von {lowest} bis {highest}; die Linie ist das Intervall von 95 %.</translation>
    </message>
    <message>
      <source>Scores</source>
      <translation>Punktzahlen</translation>
    </message>
    <message>
      <source>Search a name, an e-mail, a user</source>
      <translation>Einen Namen, eine E-Mail-Adresse, einen Benutzer suchen</translation>
    </message>
    <message>
      <source>Search candidates</source>
      <translation>Kandidaten suchen</translation>
    </message>
    <message>
      <source>Search people</source>
      <translation>Personen suchen</translation>
    </message>
    <message>
      <source>Search settings</source>
      <translation>Einstellungen suchen</translation>
    </message>
    <message>
      <source>Search settings (Ctrl+F)</source>
      <translation>Einstellungen suchen (Strg+F)</translation>
    </message>
    <message>
      <source>search the CRM</source>
      <translation>im CRM suchen</translation>
    </message>
    <message>
      <source>Secret end of the address</source>
      <translation>Geheimes Ende der Adresse</translation>
    </message>
    <message>
      <source>Secret header</source>
      <translation>Geheime Kopfzeile</translation>
    </message>
    <message>
      <source>Section: {title}</source>
      <translation>Abschnitt: {title}</translation>
    </message>
    <message>
      <source>See run {number}.</source>
      <translation>Siehe Lauf {number}.</translation>
    </message>
    <message numerus="yes">
      <source>seen by %n other accounts</source>
      <translation>
        <numerusform>gezeigt von %n anderem Account</numerusform>
        <numerusform>gezeigt von %n anderen Accounts</numerusform>
      </translation>
    </message>
    <message>
      <source>Segment</source>
      <translation>Segment</translation>
    </message>
    <message>
      <source>Segment {name} is deleted. Its records are not touched.</source>
      <translation>Das Segment {name} ist gelöscht. Seine Datensätze sind unberührt.</translation>
    </message>
    <message>
      <source>Segment {name} is saved.</source>
      <translation>Das Segment {name} ist gespeichert.</translation>
    </message>
    <message>
      <source>Segment: {name}</source>
      <translation>Segment: {name}</translation>
    </message>
    <message>
      <source>Segments</source>
      <translation>Segmente</translation>
    </message>
    <message>
      <source>Segments, insight forms, views and plays that were deleted can be had back for 30 days.</source>
      <translation>Gelöschte Segmente, Formulare, Ansichten und SuccessPlays sind 30 Tage lang wiederherstellbar.</translation>
    </message>
    <message>
      <source>Select the cell to copy and those below it.</source>
      <translation>Wählen Sie die zu kopierende Zelle und die darunter aus.</translation>
    </message>
    <message>
      <source>Self client (paste a grant code)</source>
      <translation>Self Client (Freigabecode einfügen)</translation>
    </message>
    <message>
      <source>Send</source>
      <translation>Senden</translation>
    </message>
    <message>
      <source>send</source>
      <translation>senden</translation>
    </message>
    <message numerus="yes">
      <source>Send %n changes</source>
      <translation>
        <numerusform>%n Änderung senden</numerusform>
        <numerusform>%n Änderungen senden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n changes to {org}</source>
      <translation>
        <numerusform>%n Änderung an {org} senden</numerusform>
        <numerusform>%n Änderungen an {org} senden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n records to {destinations}</source>
      <translation>
        <numerusform>%n Datensatz an {destinations} senden</numerusform>
        <numerusform>%n Datensätze an {destinations} senden</numerusform>
      </translation>
    </message>
    <message>
      <source>Send a test</source>
      <translation>Test senden</translation>
    </message>
    <message>
      <source>Send a test by {channel}</source>
      <translation>Test senden über {channel}</translation>
    </message>
    <message>
      <source>Send again what was given up</source>
      <translation>Aufgegebenes erneut senden</translation>
    </message>
    <message>
      <source>Send all the same:</source>
      <translation>Trotzdem senden:</translation>
    </message>
    <message>
      <source>Send all the same: {guard_words}</source>
      <translation>Trotzdem senden: {guard_words}</translation>
    </message>
    <message>
      <source>Send notices by {channel}</source>
      <translation>Meldungen senden über {channel}</translation>
    </message>
    <message>
      <source>Send now</source>
      <translation>Jetzt senden</translation>
    </message>
    <message numerus="yes">
      <source>Send the remaining %n records to {destinations}</source>
      <translation>
        <numerusform>Verbleibenden %n Datensatz an {destinations} senden</numerusform>
        <numerusform>Verbleibende %n Datensätze an {destinations} senden</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send the remaining %n…</source>
      <translation>
        <numerusform>Verbleibende %n senden…</numerusform>
        <numerusform>Verbleibende %n senden…</numerusform>
      </translation>
    </message>
    <message>
      <source>Send up to 25 version-checked edits in one call. Switch off if your org ignores the check there.</source>
      <translation>Bis zu 25 versionsgeprüfte Änderungen in einem Aufruf senden. Schalten Sie es aus, wenn Ihre Org die Prüfung dort nicht beachtet.</translation>
    </message>
    <message>
      <source>Sender</source>
      <translation>Absender</translation>
    </message>
    <message>
      <source>Sending</source>
      <translation>Senden</translation>
    </message>
    <message>
      <source>sending</source>
      <translation>wird gesendet</translation>
    </message>
    <message>
      <source>Sending a test to {host}…</source>
      <translation>Ein Test geht an {host}…</translation>
    </message>
    <message>
      <source>Sending began</source>
      <translation>Senden begann</translation>
    </message>
    <message>
      <source>Sending changes records in the CRM, which can be undone as a job of its own, and creates new ones, which stay there: an undo deletes none.</source>
      <translation>Senden ändert Datensätze im CRM, was sich als eigener Job rückgängig machen lässt, und legt neue an, die dort bleiben: Rückgängig machen löscht keinen.</translation>
    </message>
    <message>
      <source>Sending changes the records in the CRM. It can be undone as a job of its own.</source>
      <translation>Senden ändert die Datensätze im CRM. Es kann als eigener Job rückgängig gemacht werden.</translation>
    </message>
    <message>
      <source>Sending creates new records in the CRM. They stay there: an undo deletes none.</source>
      <translation>Senden legt neue Datensätze im CRM an. Sie bleiben dort: Rückgängig machen löscht keinen.</translation>
    </message>
    <message>
      <source>Sends to</source>
      <translation>Sendet an</translation>
    </message>
    <message>
      <source>Sent</source>
      <translation>Gesendet</translation>
    </message>
    <message>
      <source>sent</source>
      <translation>gesendet</translation>
    </message>
    <message>
      <source>Sent {at}, and no answer came. It is read back before it is sent again.</source>
      <translation>Gesendet {at}, und keine Antwort kam. Es wird nachgelesen, bevor es erneut gesendet wird.</translation>
    </message>
    <message>
      <source>Sent {at}, waiting for the answer.</source>
      <translation>Gesendet {at}, wartet auf die Antwort.</translation>
    </message>
    <message>
      <source>sent, waiting for the answer</source>
      <translation>gesendet, wartet auf die Antwort</translation>
    </message>
    <message>
      <source>service background send</source>
      <translation>Dienst Hintergrund senden</translation>
    </message>
    <message>
      <source>Service key of one account</source>
      <translation>Service Key eines einzigen Kontos</translation>
    </message>
    <message>
      <source>Service key or private-app token</source>
      <translation>Service Key oder Token einer Private App</translation>
    </message>
    <message>
      <source>Service key or private-app token in a file</source>
      <translation>Service Key oder Token einer Private App in einer Datei</translation>
    </message>
    <message>
      <source>Set</source>
      <translation>Setzen</translation>
    </message>
    <message>
      <source>Set a value</source>
      <translation>Einen Wert setzen</translation>
    </message>
    <message>
      <source>Set by</source>
      <translation>Gesetzt von</translation>
    </message>
    <message>
      <source>set for the workspace</source>
      <translation>für den Arbeitsbereich gesetzt</translation>
    </message>
    <message>
      <source>set for this connection</source>
      <translation>für diese Verbindung gesetzt</translation>
    </message>
    <message>
      <source>set here</source>
      <translation>hier gesetzt</translation>
    </message>
    <message>
      <source>Set it up first.</source>
      <translation>Richten Sie es zuerst ein.</translation>
    </message>
    <message>
      <source>Set level</source>
      <translation>Stufe setzen</translation>
    </message>
    <message>
      <source>Set off by</source>
      <translation>Ausgelöst durch</translation>
    </message>
    <message>
      <source>Set to</source>
      <translation>Setzen auf</translation>
    </message>
    <message>
      <source>Set up {channel}</source>
      <translation>{channel} einrichten</translation>
    </message>
    <message>
      <source>Set up {channel}…</source>
      <translation>{channel} einrichten…</translation>
    </message>
    <message>
      <source>set write-back</source>
      <translation>Zurückschreiben einstellen</translation>
    </message>
    <message>
      <source>Set-up</source>
      <translation>Einrichtung</translation>
    </message>
    <message>
      <source>Settings</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Settings…</source>
      <translation>Einstellungen…</translation>
    </message>
    <message>
      <source>Settle conflicts…</source>
      <translation>Über Konflikte entscheiden…</translation>
    </message>
    <message>
      <source>Settle the conflicts…</source>
      <translation>Über die Konflikte entscheiden…</translation>
    </message>
    <message>
      <source>settled</source>
      <translation>entschieden</translation>
    </message>
    <message>
      <source>settled row by row</source>
      <translation>Zeile für Zeile geklärt</translation>
    </message>
    <message>
      <source>several</source>
      <translation>mehrere</translation>
    </message>
    <message>
      <source>Several orgs want their names typed: review and send the drafts together.</source>
      <translation>Mehrere Orgs wollen, dass ihr Name eingegeben wird: prüfen und senden Sie die Entwürfe zusammen.</translation>
    </message>
    <message>
      <source>Several values are in conflict: go to one of them first.</source>
      <translation>Mehrere Werte sind im Konflikt: gehen Sie zuerst zu einem davon.</translation>
    </message>
    <message>
      <source>Shape its texts</source>
      <translation>Texte der Spalte formen</translation>
    </message>
    <message>
      <source>Shape what is written</source>
      <translation>Formen, was geschrieben wird</translation>
    </message>
    <message>
      <source>Share</source>
      <translation>Anteil</translation>
    </message>
    <message>
      <source>Share of a connection's daily calls above which it is told, once a day.</source>
      <translation>Anteil der täglichen Aufrufe einer Verbindung, ab dem es gemeldet wird, einmal am Tag.</translation>
    </message>
    <message>
      <source>Share of the daily quota kept for people</source>
      <translation>Anteil des Tageskontingents, der für Personen bleibt</translation>
    </message>
    <message>
      <source>Sheet</source>
      <translation>Blatt</translation>
    </message>
    <message>
      <source>Short forms on a record. A published one is filled from grid, profile and tasks.</source>
      <translation>Kurze Formulare zu einem Datensatz. Ein veröffentlichtes wird aus Tabelle, Profil und Aufgaben ausgefüllt.</translation>
    </message>
    <message>
      <source>Shortcut</source>
      <translation>Taste</translation>
    </message>
    <message>
      <source>shortcut keys keyboard remap hotkey</source>
      <translation>Tastenkürzel Tasten Tastatur ändern Hotkey shortcut keys keyboard remap</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>Show</source>
      <translation>Anzeigen</translation>
    </message>
    <message numerus="yes">
      <source>Show %n more</source>
      <translation>
        <numerusform>%n weitere zeigen</numerusform>
        <numerusform>%n weitere zeigen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Show %n more attributes</source>
      <translation>
        <numerusform>%n weiteres Attribut anzeigen</numerusform>
        <numerusform>%n weitere Attribute anzeigen</numerusform>
      </translation>
    </message>
    <message>
      <source>Show accounts</source>
      <translation>Accounts anzeigen</translation>
    </message>
    <message>
      <source>Show all</source>
      <translation>Alle anzeigen</translation>
    </message>
    <message>
      <source>Show all open tasks</source>
      <translation>Alle offenen Aufgaben zeigen</translation>
    </message>
    <message>
      <source>show column</source>
      <translation>Spalte einblenden</translation>
    </message>
    <message>
      <source>Show entry {entry}</source>
      <translation>Eintrag {entry} anzeigen</translation>
    </message>
    <message>
      <source>Show its first job</source>
      <translation>Ersten Job zeigen</translation>
    </message>
    <message>
      <source>Show more</source>
      <translation>Mehr anzeigen</translation>
    </message>
    <message>
      <source>Show only records where</source>
      <translation>Nur Datensätze zeigen, bei denen</translation>
    </message>
    <message>
      <source>Show plugins</source>
      <translation>Plugins anzeigen</translation>
    </message>
    <message>
      <source>Show running job</source>
      <translation>Laufenden Job anzeigen</translation>
    </message>
    <message>
      <source>Show the history of</source>
      <translation>Verlauf zeigen von</translation>
    </message>
    <message>
      <source>Show the job</source>
      <translation>Den Job anzeigen</translation>
    </message>
    <message>
      <source>Show the plugin</source>
      <translation>Plugin anzeigen</translation>
    </message>
    <message>
      <source>Show the trial</source>
      <translation>Den Probelauf anzeigen</translation>
    </message>
    <message>
      <source>Show them</source>
      <translation>Anzeigen</translation>
    </message>
    <message>
      <source>Show these columns</source>
      <translation>Diese Spalten anzeigen</translation>
    </message>
    <message>
      <source>Show these rows</source>
      <translation>Diese Zeilen anzeigen</translation>
    </message>
    <message>
      <source>Show traceback</source>
      <translation>Traceback anzeigen</translation>
    </message>
    <message>
      <source>Shown as</source>
      <translation>Anzeigen als</translation>
    </message>
    <message>
      <source>sign in</source>
      <translation>anmelden</translation>
    </message>
    <message>
      <source>Sign in again</source>
      <translation>Erneut anmelden</translation>
    </message>
    <message>
      <source>Sign in again…</source>
      <translation>Erneut anmelden…</translation>
    </message>
    <message>
      <source>Sign in by a code</source>
      <translation>Mit einem Code anmelden</translation>
    </message>
    <message>
      <source>Sign in there and allow access. The answer comes back to this computer by itself.</source>
      <translation>Melden Sie sich dort an und erlauben Sie den Zugriff. Die Antwort kommt von selbst zu diesem Computer zurück.</translation>
    </message>
    <message>
      <source>Sign in with the browser, a key or a code. Nothing is written until you send it.</source>
      <translation>Melden Sie sich im Browser, mit einem Schlüssel oder einem Code an. Nichts wird geschrieben, bevor Sie es senden.</translation>
    </message>
    <message>
      <source>Sign in with your browser</source>
      <translation>Im Browser anmelden</translation>
    </message>
    <message>
      <source>Sign-in</source>
      <translation>Anmeldung</translation>
    </message>
    <message>
      <source>sign-in</source>
      <translation>Anmeldung</translation>
    </message>
    <message>
      <source>sign-in by a code</source>
      <translation>Anmeldung mit einem Code</translation>
    </message>
    <message>
      <source>sign-in by browser</source>
      <translation>Anmeldung im Browser</translation>
    </message>
    <message>
      <source>sign-in by browser on this computer</source>
      <translation>Anmeldung im Browser auf diesem Computer</translation>
    </message>
    <message>
      <source>Sign-in host</source>
      <translation>Anmeldehost</translation>
    </message>
    <message>
      <source>Sign-in is needed again for {names}. Edits are kept here, and wait.</source>
      <translation>Für {names} ist eine neue Anmeldung nötig. Änderungen bleiben hier und warten.</translation>
    </message>
    <message>
      <source>Sign-in is needed again for {names}. Local reading and editing go on; sending waits.</source>
      <translation>Für {names} ist eine neue Anmeldung nötig. Lesen und Bearbeiten gehen hier weiter; das Senden wartet.</translation>
    </message>
    <message>
      <source>Sign-in is needed for {down}; edits are kept and wait.</source>
      <translation>Anmeldung nötig für {down}; Änderungen bleiben und warten.</translation>
    </message>
    <message>
      <source>Sign-in needed</source>
      <translation>Anmeldung nötig</translation>
    </message>
    <message>
      <source>sign-in needed</source>
      <translation>Anmeldung nötig</translation>
    </message>
    <message>
      <source>Sign-in needed for {name}: fields are shown as last described; pulling waits.</source>
      <translation>Anmeldung nötig für {name}: Felder werden gezeigt, wie sie zuletzt beschrieben waren; das Abrufen wartet.</translation>
    </message>
    <message>
      <source>Sign-in needed. Reading and editing here go on, queued work stays. {waits}</source>
      <translation>Anmeldung nötig. Lesen und Bearbeiten gehen hier weiter, Eingereihtes bleibt. {waits}</translation>
    </message>
    <message>
      <source>Sign-in needed: {names}. Reading and editing here go on, queued work waits.</source>
      <translation>Anmeldung nötig: {names}. Lesen und Bearbeiten gehen hier weiter, Eingereihtes wartet.</translation>
    </message>
    <message>
      <source>Sign-in server of your data centre</source>
      <translation>Anmeldeserver Ihres Rechenzentrums</translation>
    </message>
    <message>
      <source>sign-in with credentials</source>
      <translation>Anmeldung mit Zugangsdaten</translation>
    </message>
    <message>
      <source>Sign-in, quota and safety level</source>
      <translation>Anmeldung, Kontingent und Sicherheitsstufe</translation>
    </message>
    <message>
      <source>Signed in</source>
      <translation>Angemeldet</translation>
    </message>
    <message>
      <source>signed in</source>
      <translation>angemeldet</translation>
    </message>
    <message>
      <source>Signed in as</source>
      <translation>Angemeldet als</translation>
    </message>
    <message>
      <source>Signing in…</source>
      <translation>Anmeldung läuft…</translation>
    </message>
    <message>
      <source>Signing key</source>
      <translation>Signaturschlüssel</translation>
    </message>
    <message>
      <source>Silent</source>
      <translation>Still</translation>
    </message>
    <message>
      <source>Silver</source>
      <translation>Silber</translation>
    </message>
    <message>
      <source>similar name</source>
      <translation>ähnlicher Name</translation>
    </message>
    <message>
      <source>Simulator on this computer</source>
      <translation>Simulator auf diesem Computer</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Seit</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>Size of all text and of what stands around it.</source>
      <translation>Größe aller Texte und dessen, was um sie steht.</translation>
    </message>
    <message>
      <source>Size, MB</source>
      <translation>Größe, MB</translation>
    </message>
    <message>
      <source>Skip</source>
      <translation>Überspringen</translation>
    </message>
    <message>
      <source>Skip conflict</source>
      <translation>Konflikt überspringen</translation>
    </message>
    <message>
      <source>skipped</source>
      <translation>übersprungen</translation>
    </message>
    <message>
      <source>small letters, digits, _; it never changes</source>
      <translation>kleine Buchstaben, Ziffern, _; er ändert sich nie</translation>
    </message>
    <message>
      <source>Snooze</source>
      <translation>Zurückstellen</translation>
    </message>
    <message numerus="yes">
      <source>Snooze %n tasks</source>
      <translation>
        <numerusform>%n Aufgabe zurückstellen</numerusform>
        <numerusform>%n Aufgaben zurückstellen</numerusform>
      </translation>
    </message>
    <message>
      <source>snooze pause silence</source>
      <translation>stumm Pause Ruhe</translation>
    </message>
    <message>
      <source>snoozed until {day}</source>
      <translation>zurückgestellt bis {day}</translation>
    </message>
    <message>
      <source>Snooze…</source>
      <translation>Zurückstellen…</translation>
    </message>
    <message>
      <source>So already</source>
      <translation>Schon so</translation>
    </message>
    <message>
      <source>so already</source>
      <translation>schon so</translation>
    </message>
    <message>
      <source>So few rows need no trial.</source>
      <translation>So wenige Zeilen brauchen keinen Probelauf.</translation>
    </message>
    <message>
      <source>Some edits are not saved yet</source>
      <translation>Einige Änderungen sind noch nicht gespeichert</translation>
    </message>
    <message>
      <source>Some fields hold something else now.</source>
      <translation>Einige Felder enthalten jetzt etwas anderes.</translation>
    </message>
    <message>
      <source>Some fields of referenced objects are missing: {happened}</source>
      <translation>Einige Felder referenzierter Objekte fehlen: {happened}</translation>
    </message>
    <message>
      <source>Some values were saved; the marked ones were not.</source>
      <translation>Einige Werte wurden gespeichert; die markierten nicht.</translation>
    </message>
    <message>
      <source>somebody</source>
      <translation>jemand</translation>
    </message>
    <message>
      <source>Somebody has to say what happens to rows of a job.</source>
      <translation>Jemand muss sagen, was mit Zeilen eines Jobs geschieht.</translation>
    </message>
    <message>
      <source>Somebody inactive owns nothing new.</source>
      <translation>Wer inaktiv ist, übernimmt nichts Neues.</translation>
    </message>
    <message>
      <source>Something has no explanation yet</source>
      <translation>Etwas hat noch keine Erklärung</translation>
    </message>
    <message>
      <source>Source</source>
      <translation>Quelle</translation>
    </message>
    <message>
      <source>Source format</source>
      <translation>Quellformat</translation>
    </message>
    <message>
      <source>source format</source>
      <translation>Quellformat</translation>
    </message>
    <message>
      <source>Sovereign clouds sign in at another host; choose it in the form.</source>
      <translation>Souveräne Clouds melden sich bei einem anderen Host an; wählen Sie ihn im Formular.</translation>
    </message>
    <message>
      <source>Spanish (Spain)</source>
      <translation>Spanisch (Spanien)</translation>
    </message>
    <message>
      <source>spreadsheet</source>
      <translation>Tabellenblatt</translation>
    </message>
    <message>
      <source>Stages</source>
      <translation>Stufen</translation>
    </message>
    <message>
      <source>stages</source>
      <translation>Stufen</translation>
    </message>
    <message>
      <source>Stands</source>
      <translation>Stand</translation>
    </message>
    <message>
      <source>start</source>
      <translation>Start</translation>
    </message>
    <message>
      <source>Start again</source>
      <translation>Erneut starten</translation>
    </message>
    <message>
      <source>Start at once</source>
      <translation>Sofort beginnen</translation>
    </message>
    <message>
      <source>Start in 10 minutes</source>
      <translation>In 10 Minuten beginnen</translation>
    </message>
    <message>
      <source>Start in 2 minutes</source>
      <translation>In 2 Minuten beginnen</translation>
    </message>
    <message>
      <source>Start in 30 seconds</source>
      <translation>In 30 Sekunden beginnen</translation>
    </message>
    <message>
      <source>Start in 8 hours</source>
      <translation>In 8 Stunden beginnen</translation>
    </message>
    <message>
      <source>Start in an hour</source>
      <translation>In einer Stunde beginnen</translation>
    </message>
    <message>
      <source>Start over</source>
      <translation>Von vorn beginnen</translation>
    </message>
    <message>
      <source>Started</source>
      <translation>Begonnen</translation>
    </message>
    <message>
      <source>Starting…</source>
      <translation>Startet…</translation>
    </message>
    <message>
      <source>starts with</source>
      <translation>beginnt mit</translation>
    </message>
    <message>
      <source>STARTTLS is usual with port 587, TLS with port 465. None is for a mail server on this computer only.</source>
      <translation>STARTTLS ist mit Port 587 üblich, TLS mit Port 465. Ohne geht nur mit einem Mailserver auf diesem Computer.</translation>
    </message>
    <message>
      <source>State</source>
      <translation>Zustand</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Stay</source>
      <translation>Bleiben</translation>
    </message>
    <message>
      <source>stays as it is</source>
      <translation>bleibt, wie es ist</translation>
    </message>
    <message>
      <source>Step {step} of {steps}: {title}</source>
      <translation>Schritt {step} von {steps}: {title}</translation>
    </message>
    <message>
      <source>Steps</source>
      <translation>Schritte</translation>
    </message>
    <message>
      <source>Stop the check</source>
      <translation>Die Prüfung stoppen</translation>
    </message>
    <message>
      <source>Stopped</source>
      <translation>Gestoppt</translation>
    </message>
    <message>
      <source>stopped</source>
      <translation>gestoppt</translation>
    </message>
    <message>
      <source>stopped: a loop</source>
      <translation>gestoppt: eine Schleife</translation>
    </message>
    <message>
      <source>Stopped: sign-in needed</source>
      <translation>Gestoppt: Anmeldung nötig</translation>
    </message>
    <message>
      <source>stranger</source>
      <translation>fremd</translation>
    </message>
    <message>
      <source>Strikes</source>
      <translation>Fehlschläge</translation>
    </message>
    <message>
      <source>Subject: access to {product} for Writeback</source>
      <translation>Betreff: Zugang zu {product} für Writeback</translation>
    </message>
    <message>
      <source>Success Manager</source>
      <translation>Success Manager</translation>
    </message>
    <message>
      <source>success manager</source>
      <translation>Success Manager</translation>
    </message>
    <message>
      <source>SuccessPlay</source>
      <translation>SuccessPlay</translation>
    </message>
    <message>
      <source>SuccessPlay {name}</source>
      <translation>SuccessPlay {name}</translation>
    </message>
    <message>
      <source>SuccessPlays</source>
      <translation>SuccessPlays</translation>
    </message>
    <message>
      <source>such as Parent.Owner.Email</source>
      <translation>etwa Parent.Owner.Email</translation>
    </message>
    <message>
      <source>sum</source>
      <translation>Summe</translation>
    </message>
    <message>
      <source>sum {value}</source>
      <translation>Summe {value}</translation>
    </message>
    <message>
      <source>summary e-mail email webhook</source>
      <translation>Zusammenfassung E-Mail Webhook</translation>
    </message>
    <message>
      <source>summary e-mail email webhook gather</source>
      <translation>Zusammenfassung E-Mail Webhook sammeln</translation>
    </message>
    <message>
      <source>Sunday</source>
      <translation>Sonntag</translation>
    </message>
    <message>
      <source>support</source>
      <translation>Hilfe vom Hersteller</translation>
    </message>
    <message>
      <source>Survey</source>
      <translation>Umfrage</translation>
    </message>
    <message>
      <source>survey</source>
      <translation>Umfrage</translation>
    </message>
    <message>
      <source>Survey scores</source>
      <translation>Umfragewerte</translation>
    </message>
    <message>
      <source>Survey scores of the record</source>
      <translation>Umfragewerte des Datensatzes</translation>
    </message>
    <message>
      <source>Swedish (Sweden)</source>
      <translation>Schwedisch (Schweden)</translation>
    </message>
    <message>
      <source>Switch between light and dark</source>
      <translation>Zwischen hell und dunkel wechseln</translation>
    </message>
    <message>
      <source>Switch it on</source>
      <translation>Einschalten</translation>
    </message>
    <message>
      <source>Switch off</source>
      <translation>Ausschalten</translation>
    </message>
    <message>
      <source>Switch on</source>
      <translation>Einschalten</translation>
    </message>
    <message>
      <source>Switch write-back of a field, tick a row</source>
      <translation>Zurückschreiben eines Feldes umschalten, eine Zeile anhaken</translation>
    </message>
    <message>
      <source>Switch write-back of {attributes} off</source>
      <translation>Das Zurückschreiben von {attributes} ausschalten</translation>
    </message>
    <message>
      <source>Switch write-back on for a field and save it; then its records are counted here.</source>
      <translation>Schalten Sie das Zurückschreiben eines Feldes ein und speichern Sie; dann werden hier seine Datensätze gezählt.</translation>
    </message>
    <message>
      <source>Synchronous plug-ins</source>
      <translation>Synchrone Plug-ins</translation>
    </message>
    <message>
      <source>System</source>
      <translation>System</translation>
    </message>
    <message>
      <source>Tab Client Secret: copy Client ID and Client Secret into the form here.</source>
      <translation>Register Client Secret: kopieren Sie Client ID und Client Secret in das Formular hier.</translation>
    </message>
    <message>
      <source>Tab Generate Code: paste the scopes below, choose 10 minutes, and name the CRM and the organisation (production or sandbox).</source>
      <translation>Register Generate Code: fügen Sie die Scopes unten ein, wählen Sie 10 Minuten, und nennen Sie das CRM und die Organisation (Produktion oder Sandbox).</translation>
    </message>
    <message>
      <source>Tables</source>
      <translation>Tabellen</translation>
    </message>
    <message>
      <source>Tabs</source>
      <translation>Register</translation>
    </message>
    <message>
      <source>Take back</source>
      <translation>Zurückziehen</translation>
    </message>
    <message>
      <source>Take back what was typed</source>
      <translation>Eingabe zurücknehmen</translation>
    </message>
    <message>
      <source>Take back what was typed, close what popped up; never a tab</source>
      <translation>Eingabe zurücknehmen, Aufgeklapptes schließen; nie ein Register</translation>
    </message>
    <message>
      <source>Take from a list</source>
      <translation>Aus einer Liste nehmen</translation>
    </message>
    <message>
      <source>Take off</source>
      <translation>Abziehen</translation>
    </message>
    <message>
      <source>Take options out</source>
      <translation>Optionen herausnehmen</translation>
    </message>
    <message>
      <source>Take out</source>
      <translation>Herausnehmen</translation>
    </message>
    <message>
      <source>Take over the CRM's options</source>
      <translation>Die Optionen des CRM übernehmen</translation>
    </message>
    <message>
      <source>Take percent off</source>
      <translation>Prozent abziehen</translation>
    </message>
    <message>
      <source>Take the blackout away</source>
      <translation>Sperrzeit wegnehmen</translation>
    </message>
    <message>
      <source>Take the import back</source>
      <translation>Import zurücknehmen</translation>
    </message>
    <message>
      <source>Take the note away: {text}</source>
      <translation>Notiz entfernen: {text}</translation>
    </message>
    <message>
      <source>Take them back</source>
      <translation>Zurücknehmen</translation>
    </message>
    <message>
      <source>Take this CRM's</source>
      <translation>Den dieses CRM nehmen</translation>
    </message>
    <message>
      <source>Take up</source>
      <translation>Aufnehmen</translation>
    </message>
    <message>
      <source>Taken back: its answers are forgotten, its values stand as before.</source>
      <translation>Zurückgenommen: seine Antworten sind vergessen, seine Werte stehen wie zuvor.</translation>
    </message>
    <message>
      <source>Takes notices off this computer: by e-mail through your mail server, and by webhook.</source>
      <translation>Bringt Meldungen von diesem Computer weg: per E-Mail über Ihren Mailserver, und per Webhook.</translation>
    </message>
    <message>
      <source>Talks to</source>
      <translation>Spricht mit</translation>
    </message>
    <message>
      <source>tampering</source>
      <translation>Manipulation</translation>
    </message>
    <message>
      <source>Task</source>
      <translation>Aufgabe</translation>
    </message>
    <message>
      <source>task</source>
      <translation>Aufgabe</translation>
    </message>
    <message>
      <source>Task {number} is added.</source>
      <translation>Aufgabe {number} ist hinzugefügt.</translation>
    </message>
    <message numerus="yes">
      <source>Task {number} is completed; %n values are saved.</source>
      <translation>
        <numerusform>Aufgabe {number} ist abgeschlossen; %n Wert ist gespeichert.</numerusform>
        <numerusform>Aufgabe {number} ist abgeschlossen; %n Werte sind gespeichert.</numerusform>
      </translation>
    </message>
    <message>
      <source>Task {number} is open again.</source>
      <translation>Aufgabe {number} ist wieder offen.</translation>
    </message>
    <message numerus="yes">
      <source>Task {number} is open again. %n values of it are pending edits still.</source>
      <translation>
        <numerusform>Aufgabe {number} ist wieder offen. %n Wert davon ist noch eine ausstehende Änderung.</numerusform>
        <numerusform>Aufgabe {number} ist wieder offen. %n Werte davon sind noch ausstehende Änderungen.</numerusform>
      </translation>
    </message>
    <message>
      <source>Task {number} is open again. What it wrote stays in {names}.</source>
      <translation>Aufgabe {number} ist wieder offen. Was sie geschrieben hat, bleibt in {names}.</translation>
    </message>
    <message>
      <source>task {number} {title}</source>
      <translation>Aufgabe {number} {title}</translation>
    </message>
    <message>
      <source>Task “{title}”</source>
      <translation>Aufgabe „{title}“</translation>
    </message>
    <message>
      <source>Task, record or name</source>
      <translation>Aufgabe, Datensatz oder Name</translation>
    </message>
    <message>
      <source>Tasks</source>
      <translation>Aufgaben</translation>
    </message>
    <message>
      <source>Tasks of the record</source>
      <translation>Aufgaben des Datensatzes</translation>
    </message>
    <message>
      <source>Tasks or plays ask for it: take it back instead.</source>
      <translation>Aufgaben oder Plays verlangen es: ziehen Sie es stattdessen zurück.</translation>
    </message>
    <message>
      <source>Team</source>
      <translation>Team</translation>
    </message>
    <message>
      <source>Team &amp; permissions</source>
      <translation>Team &amp; Rechte</translation>
    </message>
    <message>
      <source>Team member</source>
      <translation>Teammitglied</translation>
    </message>
    <message>
      <source>Team member matched</source>
      <translation>Teammitglied zugeordnet</translation>
    </message>
    <message>
      <source>Team members</source>
      <translation>Teammitglieder</translation>
    </message>
    <message>
      <source>team members</source>
      <translation>Teammitglieder</translation>
    </message>
    <message>
      <source>Teams and queues</source>
      <translation>Teams und Warteschlangen</translation>
    </message>
    <message>
      <source>Tell of the quota from</source>
      <translation>Kontingent melden ab</translation>
    </message>
    <message>
      <source>Tell of {connection}</source>
      <translation>Von {connection} melden</translation>
    </message>
    <message>
      <source>Tells</source>
      <translation>Sagt</translation>
    </message>
    <message>
      <source>Test</source>
      <translation>Test</translation>
    </message>
    <message>
      <source>Test a form</source>
      <translation>Ein Formular testen</translation>
    </message>
    <message>
      <source>Test on a record…</source>
      <translation>An einem Datensatz testen…</translation>
    </message>
    <message>
      <source>Test {form}</source>
      <translation>{form} testen</translation>
    </message>
    <message>
      <source>testing…</source>
      <translation>wird getestet…</translation>
    </message>
    <message>
      <source>Text</source>
      <translation>Text</translation>
    </message>
    <message>
      <source>Text (*.txt)</source>
      <translation>Text (*.txt)</translation>
    </message>
    <message>
      <source>Text in the file</source>
      <translation>Text in der Datei</translation>
    </message>
    <message>
      <source>Text of the note</source>
      <translation>Text der Notiz</translation>
    </message>
    <message>
      <source>Text size</source>
      <translation>Textgröße</translation>
    </message>
    <message>
      <source>Texts of the file and what is written</source>
      <translation>Texte der Datei und was geschrieben wird</translation>
    </message>
    <message numerus="yes">
      <source>That is longer than %n characters.</source>
      <translation>
        <numerusform>Das ist länger als %n Zeichen.</numerusform>
        <numerusform>Das ist länger als %n Zeichen.</numerusform>
      </translation>
    </message>
    <message>
      <source>That is more than {most} cells: use Bulk edit.</source>
      <translation>Das sind mehr als {most} Zellen: verwenden Sie die Massenbearbeitung.</translation>
    </message>
    <message>
      <source>that the last pull knew</source>
      <translation>die der letzte Abruf kannte</translation>
    </message>
    <message>
      <source>The address of the environment is what the browser shows when you use Dynamics. It is asked, because it cannot be worked out.</source>
      <translation>Die Adresse der Umgebung ist, was der Browser zeigt, wenn Sie Dynamics verwenden. Sie wird erfragt, weil sie nicht erschlossen werden kann.</translation>
    </message>
    <message>
      <source>The address that messages come from.</source>
      <translation>Die Adresse, von der Nachrichten kommen.</translation>
    </message>
    <message>
      <source>The answers above name no host yet.</source>
      <translation>Die Antworten oben nennen noch keinen Host.</translation>
    </message>
    <message>
      <source>The answers are being imported.</source>
      <translation>Die Antworten werden importiert.</translation>
    </message>
    <message>
      <source>The answers are imported.</source>
      <translation>Die Antworten sind importiert.</translation>
    </message>
    <message>
      <source>The attribute is being added.</source>
      <translation>Das Attribut wird hinzugefügt.</translation>
    </message>
    <message>
      <source>The attribute is being saved.</source>
      <translation>Das Attribut wird gespeichert.</translation>
    </message>
    <message>
      <source>the attribute that fits</source>
      <translation>das passende Attribut</translation>
    </message>
    <message>
      <source>The backup comes back as a file of its own, in a window of its own. {file} stays. Unfinished jobs are paused in it and SuccessPlays are off: all of it may have been sent since.</source>
      <translation>Die Sicherung kommt als eigene Datei zurück, in einem eigenen Fenster. {file} bleibt. Unfertige Jobs sind darin angehalten und SuccessPlays aus: das alles kann seitdem gesendet worden sein.</translation>
    </message>
    <message>
      <source>The backup is being copied.</source>
      <translation>Die Sicherung wird kopiert.</translation>
    </message>
    <message>
      <source>The backups are being looked at.</source>
      <translation>Die Sicherungen werden angesehen.</translation>
    </message>
    <message>
      <source>The chain is being recomputed.</source>
      <translation>Die Kette wird neu berechnet.</translation>
    </message>
    <message>
      <source>The chain is broken at entry {entry}. The {good} entries before it are as they were written; keep the file and compare with a backup. (audit.broken)</source>
      <translation>Die Kette ist bei Eintrag {entry} gebrochen. Die {good} Einträge davor sind, wie sie geschrieben wurden; bewahren Sie die Datei auf, und vergleichen Sie sie mit einer Sicherung. (audit.broken)</translation>
    </message>
    <message>
      <source>The change is being settled.</source>
      <translation>Über die Änderung wird entschieden.</translation>
    </message>
    <message>
      <source>The change that was read last counts.</source>
      <translation>Die zuletzt gelesene Änderung zählt.</translation>
    </message>
    <message>
      <source>the check ({checked})</source>
      <translation>der Prüfung ({checked})</translation>
    </message>
    <message numerus="yes">
      <source>The check cost %n API calls.</source>
      <translation>
        <numerusform>Die Prüfung kostete %n API-Aufruf.</numerusform>
        <numerusform>Die Prüfung kostete %n API-Aufrufe.</numerusform>
      </translation>
    </message>
    <message>
      <source>The check is running.</source>
      <translation>Die Prüfung läuft.</translation>
    </message>
    <message>
      <source>The checks run in a process of their own…</source>
      <translation>Die Prüfungen laufen in einem eigenen Prozess…</translation>
    </message>
    <message>
      <source>The choice is being kept.</source>
      <translation>Die Entscheidung wird gespeichert.</translation>
    </message>
    <message>
      <source>The chosen campaign</source>
      <translation>Die gewählte Kampagne</translation>
    </message>
    <message>
      <source>The chosen column writes to</source>
      <translation>Die gewählte Spalte schreibt in</translation>
    </message>
    <message>
      <source>The chosen conflict</source>
      <translation>Der gewählte Konflikt</translation>
    </message>
    <message>
      <source>The chosen job has no refused rows.</source>
      <translation>Der gewählte Job hat keine abgelehnten Zeilen.</translation>
    </message>
    <message>
      <source>The chosen play</source>
      <translation>Das gewählte SuccessPlay</translation>
    </message>
    <message>
      <source>The chosen record has no pending edits.</source>
      <translation>Der gewählte Datensatz hat keine ausstehenden Änderungen.</translation>
    </message>
    <message>
      <source>The chosen task</source>
      <translation>Die gewählte Aufgabe</translation>
    </message>
    <message>
      <source>The clipboard holds no text.</source>
      <translation>Die Zwischenablage enthält keinen Text.</translation>
    </message>
    <message>
      <source>The columns that are written are blank in the first rows.</source>
      <translation>Die geschriebenen Spalten sind in den ersten Zeilen leer.</translation>
    </message>
    <message>
      <source>The command `writeback plugins check` lists all.</source>
      <translation>Der Befehl `writeback plugins check` zeigt alle.</translation>
    </message>
    <message>
      <source>The condition is written by hand.</source>
      <translation>Die Bedingung wird von Hand geschrieben.</translation>
    </message>
    <message>
      <source>The configuration was written to {file}.</source>
      <translation>Die Konfiguration wurde nach {file} geschrieben.</translation>
    </message>
    <message>
      <source>The connection keeps its name when you sign in again.</source>
      <translation>Die Verbindung behält ihren Namen, wenn Sie sich erneut anmelden.</translation>
    </message>
    <message>
      <source>The connector {name} is not installed: the job can be read and not resumed. Install it under Plugins.</source>
      <translation>Der Konnektor {name} ist nicht installiert: der Job kann gelesen, aber nicht fortgesetzt werden. Installieren Sie ihn unter Plugins.</translation>
    </message>
    <message>
      <source>the core alone</source>
      <translation>nur der Kern</translation>
    </message>
    <message>
      <source>The CRM already holds this value.</source>
      <translation>Das CRM enthält diesen Wert bereits.</translation>
    </message>
    <message>
      <source>The CRM asked everybody to wait until {until}.</source>
      <translation>Das CRM hat alle gebeten, bis {until} zu warten.</translation>
    </message>
    <message>
      <source>the CRM does not say who</source>
      <translation>das CRM sagt nicht, wer</translation>
    </message>
    <message>
      <source>The CRM has no such record</source>
      <translation>Das CRM hat keinen solchen Datensatz</translation>
    </message>
    <message>
      <source>The CRM is asked whether it takes the filter.</source>
      <translation>Das CRM wird gefragt, ob es den Filter annimmt.</translation>
    </message>
    <message>
      <source>The CRM is being read.</source>
      <translation>Das CRM wird gelesen.</translation>
    </message>
    <message>
      <source>The CRM is read; nothing changes. A value that does not fit stops a pull.{new}</source>
      <translation>Das CRM wird gelesen; nichts ändert sich. Ein Wert, der nicht passt, hält einen Abruf an.{new}</translation>
    </message>
    <message>
      <source>The CRM said: “{words}”</source>
      <translation>Das CRM sagte: „{words}“</translation>
    </message>
    <message>
      <source>The CRM still holds {kept}.</source>
      <translation>Im CRM steht noch {kept}.</translation>
    </message>
    <message>
      <source>the CRM works on it</source>
      <translation>das CRM arbeitet daran</translation>
    </message>
    <message>
      <source>The CRM's answer</source>
      <translation>Antwort des CRM</translation>
    </message>
    <message>
      <source>The CRM's answer and the totals stay what they are; the note stands beside the rows.</source>
      <translation>Die Antwort des CRM und die Summen bleiben, was sie sind; die Anmerkung steht neben den Zeilen.</translation>
    </message>
    <message>
      <source>the CRM's clock is {seconds} s ahead</source>
      <translation>die Uhr des CRM geht {seconds} s vor</translation>
    </message>
    <message>
      <source>the CRM's clock is {seconds} s behind</source>
      <translation>die Uhr des CRM geht {seconds} s nach</translation>
    </message>
    <message>
      <source>The CRMs are being asked.</source>
      <translation>Die CRMs werden gefragt.</translation>
    </message>
    <message>
      <source>The CRMs are being read.</source>
      <translation>Die CRMs werden gelesen.</translation>
    </message>
    <message>
      <source>The decision is being kept.</source>
      <translation>Die Entscheidung wird festgehalten.</translation>
    </message>
    <message>
      <source>the default value</source>
      <translation>der Standardwert</translation>
    </message>
    <message>
      <source>The demo is being made: it opens in a window of its own in less than a minute.</source>
      <translation>Die Demo wird vorbereitet: Sie öffnet sich in weniger als einer Minute in einem eigenen Fenster.</translation>
    </message>
    <message>
      <source>The edits are being kept.</source>
      <translation>Die Änderungen werden behalten.</translation>
    </message>
    <message>
      <source>The ending of your CRM's address tells: crm.zoho.eu is accounts.zoho.eu.</source>
      <translation>Die Endung der Adresse Ihres CRM verrät es: crm.zoho.eu ist accounts.zoho.eu.</translation>
    </message>
    <message>
      <source>The field is empty in the CRM, and the mapping gives it a default.</source>
      <translation>Das Feld ist im CRM leer, und die Zuordnung gibt ihm einen Standardwert.</translation>
    </message>
    <message>
      <source>The field is empty in the CRM, and the mapping says: keep ours.</source>
      <translation>Das Feld ist im CRM leer, und die Zuordnung sagt: unseren behalten.</translation>
    </message>
    <message>
      <source>The field is not read and not written.</source>
      <translation>Das Feld wird weder gelesen noch geschrieben.</translation>
    </message>
    <message>
      <source>the field that holds the account's id, where there is one</source>
      <translation>das Feld mit der Id des Accounts, sofern es eines gibt</translation>
    </message>
    <message>
      <source>The fields are being read.</source>
      <translation>Die Felder werden gelesen.</translation>
    </message>
    <message>
      <source>The file changed on the disk since: plan it again.</source>
      <translation>Die Datei hat sich seither auf dem Datenträger geändert: planen Sie sie erneut.</translation>
    </message>
    <message>
      <source>The file goes on: only its first rows were looked up.</source>
      <translation>Die Datei geht weiter: nur ihre ersten Zeilen wurden nachgeschlagen.</translation>
    </message>
    <message>
      <source>The file is not there any more. What was chosen, planned and sent of it is kept.</source>
      <translation>Die Datei ist nicht mehr da. Was davon gewählt, geplant und gesendet wurde, ist aufbewahrt.</translation>
    </message>
    <message>
      <source>The file that you trusted at this place was another one.</source>
      <translation>Die Datei, der Sie an diesem Ort vertraut haben, war eine andere.</translation>
    </message>
    <message>
      <source>The file, as it would be saved</source>
      <translation>Die Datei, wie sie gespeichert würde</translation>
    </message>
    <message>
      <source>The files are being made.</source>
      <translation>Die Dateien werden gemacht.</translation>
    </message>
    <message numerus="yes">
      <source>The first %n records; writeback plays history tells all.</source>
      <translation>
        <numerusform>Der erste %n Datensatz; writeback plays history nennt alle.</numerusform>
        <numerusform>Die ersten %n Datensätze; writeback plays history nennt alle.</numerusform>
      </translation>
    </message>
    <message>
      <source>The first 20 records</source>
      <translation>Die ersten 20 Datensätze</translation>
    </message>
    <message>
      <source>The first column stands still while the others scroll.</source>
      <translation>Die erste Spalte bleibt stehen, während die anderen rollen.</translation>
    </message>
    <message>
      <source>The first column stays first.</source>
      <translation>Die erste Spalte bleibt die erste.</translation>
    </message>
    <message>
      <source>The first line names the columns</source>
      <translation>Die erste Zeile benennt die Spalten</translation>
    </message>
    <message>
      <source>The first texts of each column are read and looked up. Nothing is sent.</source>
      <translation>Die ersten Texte jeder Spalte werden gelesen und nachgeschlagen. Nichts wird gesendet.</translation>
    </message>
    <message numerus="yes">
      <source>The first {shown} of %n rows are listed.</source>
      <translation>
        <numerusform>Die ersten {shown} von %n Zeile sind aufgeführt.</numerusform>
        <numerusform>Die ersten {shown} von %n Zeilen sind aufgeführt.</numerusform>
      </translation>
    </message>
    <message>
      <source>The form is being read.</source>
      <translation>Das Formular wird gelesen.</translation>
    </message>
    <message>
      <source>The form is being saved.</source>
      <translation>Das Formular wird gespeichert.</translation>
    </message>
    <message numerus="yes">
      <source>The form is saved: %n values.</source>
      <translation>
        <numerusform>Das Formular ist gespeichert: %n Wert.</numerusform>
        <numerusform>Das Formular ist gespeichert: %n Werte.</numerusform>
      </translation>
    </message>
    <message>
      <source>the form, e.g. dd.mm.yyyy</source>
      <translation>die Form, z. B. dd.mm.yyyy</translation>
    </message>
    <message>
      <source>The head is copied: note it where nobody who can write the file can change it.</source>
      <translation>Der Kopf ist kopiert: notieren Sie ihn, wo niemand ihn ändern kann, der die Datei schreiben kann.</translation>
    </message>
    <message>
      <source>The helper that saves edits stopped three times within a minute and stays off.</source>
      <translation>Der Hilfsprozess, der Änderungen speichert, ist innerhalb einer Minute dreimal stehen geblieben und bleibt aus.</translation>
    </message>
    <message>
      <source>The highest score has to be above the lowest.</source>
      <translation>Die höchste Punktzahl muss über der niedrigsten liegen.</translation>
    </message>
    <message>
      <source>The host that takes your mail for sending. Its certificate is checked.</source>
      <translation>Der Host, der Ihre Post zum Senden annimmt. Sein Zertifikat wird geprüft.</translation>
    </message>
    <message>
      <source>The import is taken back.</source>
      <translation>Der Import ist zurückgenommen.</translation>
    </message>
    <message>
      <source>The job is being read back.</source>
      <translation>Der Job wird nachgelesen.</translation>
    </message>
    <message>
      <source>The job is finished.</source>
      <translation>Der Job ist beendet.</translation>
    </message>
    <message>
      <source>The job is not at work.</source>
      <translation>Der Job ist nicht in Arbeit.</translation>
    </message>
    <message>
      <source>The job is still at work.</source>
      <translation>Der Job ist noch in Arbeit.</translation>
    </message>
    <message numerus="yes">
      <source>The job stops there and goes on as the quota of the last 24 hours frees up: about %n days in all.</source>
      <translation>
        <numerusform>Der Job hält dort an und geht weiter, wenn das Kontingent der letzten 24 Stunden frei wird: insgesamt etwa %n Tag.</numerusform>
        <numerusform>Der Job hält dort an und geht weiter, wenn das Kontingent der letzten 24 Stunden frei wird: insgesamt etwa %n Tage.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The job stops there and goes on when it begins anew at {at} UTC: about %n days in all.</source>
      <translation>
        <numerusform>Der Job hält dort an und geht weiter, wenn es um {at} UTC neu beginnt: insgesamt etwa %n Tag.</numerusform>
        <numerusform>Der Job hält dort an und geht weiter, wenn es um {at} UTC neu beginnt: insgesamt etwa %n Tage.</numerusform>
      </translation>
    </message>
    <message>
      <source>The jobs go on.</source>
      <translation>Die Jobs gehen weiter.</translation>
    </message>
    <message>
      <source>The key belongs to one account. For another account make another connection.</source>
      <translation>Der Schlüssel gehört zu einem einzigen Konto. Legen Sie für ein anderes Konto eine andere Verbindung an.</translation>
    </message>
    <message>
      <source>The key we ship</source>
      <translation>Die mitgelieferte Taste</translation>
    </message>
    <message>
      <source>The keys are being looked up. Nothing is sent.</source>
      <translation>Die Schlüssel werden nachgeschlagen. Nichts wird gesendet.</translation>
    </message>
    <message>
      <source>The last seven copies lie in {folder}.</source>
      <translation>Die letzten sieben Kopien liegen in {folder}.</translation>
    </message>
    <message>
      <source>The licences are being read…</source>
      <translation>Die Lizenzen werden gelesen…</translation>
    </message>
    <message>
      <source>The limit is switched off.</source>
      <translation>Die Grenze ist ausgeschaltet.</translation>
    </message>
    <message>
      <source>The list of what you trust cannot be read.</source>
      <translation>Die Liste dessen, dem Sie vertrauen, kann nicht gelesen werden.</translation>
    </message>
    <message>
      <source>The mapping also names columns that are not here: {names}.</source>
      <translation>Die Zuordnung nennt auch Spalten, die es hier nicht gibt: {names}.</translation>
    </message>
    <message>
      <source>The mappings are being saved.</source>
      <translation>Die Zuordnungen werden gespeichert.</translation>
    </message>
    <message>
      <source>The marked cells were refused. Type another value with F2 or Enter, or empty a cell to clear the field; then only these rows are checked and sent again.</source>
      <translation>Die markierten Zellen wurden abgelehnt. Geben Sie mit F2 oder Eingabe einen anderen Wert ein, oder leeren Sie eine Zelle, um das Feld zu leeren; dann werden nur diese Zeilen geprüft und erneut gesendet.</translation>
    </message>
    <message>
      <source>The matches are being kept.</source>
      <translation>Die Zuordnungen werden behalten.</translation>
    </message>
    <message>
      <source>the names of the orgs, with ; between them,</source>
      <translation>die Namen der Orgs, mit ; dazwischen,</translation>
    </message>
    <message numerus="yes">
      <source>The newest answer of %n records is kept as pending edits.</source>
      <translation>
        <numerusform>Die neueste Antwort von %n Datensatz wird als ausstehende Änderung behalten.</numerusform>
        <numerusform>Die neueste Antwort von %n Datensätzen wird als ausstehende Änderungen behalten.</numerusform>
      </translation>
    </message>
    <message>
      <source>The newest change</source>
      <translation>Die neueste Änderung</translation>
    </message>
    <message>
      <source>The newest wins</source>
      <translation>Der neueste gewinnt</translation>
    </message>
    <message>
      <source>The object is being added.</source>
      <translation>Das Objekt wird hinzugefügt.</translation>
    </message>
    <message>
      <source>The object is empty.</source>
      <translation>Das Objekt ist leer.</translation>
    </message>
    <message>
      <source>The options are being merged.</source>
      <translation>Die Optionen werden zusammengeführt.</translation>
    </message>
    <message>
      <source>The org's name</source>
      <translation>Der Name der Org</translation>
    </message>
    <message>
      <source>the org's name</source>
      <translation>den Namen der Org</translation>
    </message>
    <message>
      <source>The parts are being imported.</source>
      <translation>Die Teile werden übernommen.</translation>
    </message>
    <message>
      <source>The pasted values of {column} can be read in several ways. Which is meant?</source>
      <translation>Die eingefügten Werte von {column} können auf mehrere Weisen gelesen werden. Welche ist gemeint?</translation>
    </message>
    <message>
      <source>The person who signs in has to be super admin of the account, or have App Marketplace access.</source>
      <translation>Wer sich anmeldet, muss Super-Admin des Kontos sein oder Zugang zum App Marketplace haben.</translation>
    </message>
    <message>
      <source>The plan is your own: somebody else has to let it go.</source>
      <translation>Der Plan ist Ihr eigener: jemand anderes muss ihn freigeben.</translation>
    </message>
    <message>
      <source>The play is being saved.</source>
      <translation>Das SuccessPlay wird gespeichert.</translation>
    </message>
    <message>
      <source>The plugin of this connection cannot be used.</source>
      <translation>Das Plugin dieser Verbindung kann nicht verwendet werden.</translation>
    </message>
    <message>
      <source>The plugin of this connection cannot be used: {why}</source>
      <translation>Das Plugin dieser Verbindung kann nicht verwendet werden: {why}</translation>
    </message>
    <message>
      <source>The plugin {plugin} went wrong: {what}. The rest works.</source>
      <translation>Mit dem Plugin {plugin} ist etwas schiefgegangen: {what}. Alles andere arbeitet.</translation>
    </message>
    <message>
      <source>The port in the redirect address that you registered.</source>
      <translation>Der Port in der Weiterleitungsadresse, die Sie registriert haben.</translation>
    </message>
    <message>
      <source>The record behind the reference is edited: nothing is looked up.</source>
      <translation>Der Datensatz hinter der Referenz wird bearbeitet: nichts wird nachgeschlagen.</translation>
    </message>
    <message>
      <source>The record is being read.</source>
      <translation>Der Datensatz wird gelesen.</translation>
    </message>
    <message>
      <source>the record is gone</source>
      <translation>der Datensatz ist gelöscht</translation>
    </message>
    <message>
      <source>The record is not there any more.</source>
      <translation>Den Datensatz gibt es nicht mehr.</translation>
    </message>
    <message>
      <source>The record is not there any more: complete without writing.</source>
      <translation>Den Datensatz gibt es nicht mehr: schließen Sie ohne Schreiben ab.</translation>
    </message>
    <message>
      <source>the record of equal {title}</source>
      <translation>der Datensatz mit gleichem Wert in {title}</translation>
    </message>
    <message>
      <source>The record stands in no CRM.</source>
      <translation>Der Datensatz steht in keinem CRM.</translation>
    </message>
    <message>
      <source>the record's id</source>
      <translation>die Id des Datensatzes</translation>
    </message>
    <message numerus="yes">
      <source>The records of %n tasks are not there any more.</source>
      <translation>
        <numerusform>Den Datensatz von %n Aufgabe gibt es nicht mehr.</numerusform>
        <numerusform>Die Datensätze von %n Aufgaben gibt es nicht mehr.</numerusform>
      </translation>
    </message>
    <message>
      <source>The redirect addresses have to match to the letter, port included. Register all three.</source>
      <translation>Die Weiterleitungsadressen müssen auf den Buchstaben stimmen, einschließlich Port. Registrieren Sie alle drei.</translation>
    </message>
    <message>
      <source>The reference is found by</source>
      <translation>Die Referenz wird gefunden über</translation>
    </message>
    <message>
      <source>The reference itself is written: it points at another record.</source>
      <translation>Die Referenz selbst wird geschrieben: Sie zeigt dann auf einen anderen Datensatz.</translation>
    </message>
    <message>
      <source>The report is copied.</source>
      <translation>Der Bericht ist kopiert.</translation>
    </message>
    <message>
      <source>The report is saved as {file}.</source>
      <translation>Der Bericht ist als {file} gespeichert.</translation>
    </message>
    <message>
      <source>The report, as it would be saved</source>
      <translation>Der Bericht, wie er gespeichert würde</translation>
    </message>
    <message>
      <source>the role</source>
      <translation>die Rolle</translation>
    </message>
    <message>
      <source>The role is there already and keeps its name here.</source>
      <translation>Die Rolle gibt es schon; hier behält sie ihren Namen.</translation>
    </message>
    <message>
      <source>the row is not sent</source>
      <translation>die Zeile wird nicht gesendet</translation>
    </message>
    <message>
      <source>The rule counts from now on.</source>
      <translation>Die Regel gilt ab jetzt.</translation>
    </message>
    <message>
      <source>The same act also wrote to {others}.</source>
      <translation>Dieselbe Handlung hat auch in {others} geschrieben.</translation>
    </message>
    <message>
      <source>The same for every account.</source>
      <translation>Für jedes Konto gleich.</translation>
    </message>
    <message>
      <source>The same in every row</source>
      <translation>In jeder Zeile gleich</translation>
    </message>
    <message>
      <source>the same in every row</source>
      <translation>in jeder Zeile gleich</translation>
    </message>
    <message>
      <source>the same record as line {line}</source>
      <translation>derselbe Datensatz wie Zeile {line}</translation>
    </message>
    <message>
      <source>The saved mapping was written to {name}.</source>
      <translation>Die gespeicherte Zuordnung wurde nach {name} geschrieben.</translation>
    </message>
    <message>
      <source>The schedule goes on.</source>
      <translation>Der Zeitplan geht weiter.</translation>
    </message>
    <message>
      <source>The schedule is being kept.</source>
      <translation>Der Zeitplan wird übernommen.</translation>
    </message>
    <message>
      <source>The schedule is paused.</source>
      <translation>Der Zeitplan ist angehalten.</translation>
    </message>
    <message>
      <source>The search looks into names, explanations and what they are called elsewhere.</source>
      <translation>Die Suche sieht in Namen, Erklärungen und in das, wie sie anderswo heißen.</translation>
    </message>
    <message>
      <source>The secret ends on the day that was chosen when it was made; then sign-in is needed.</source>
      <translation>Das Geheimnis endet an dem Tag, der beim Erstellen gewählt wurde; dann ist eine Anmeldung nötig.</translation>
    </message>
    <message>
      <source>The selected rows cannot be named one by one: select again, or all that match.</source>
      <translation>Die ausgewählten Zeilen können nicht einzeln genannt werden: wählen Sie neu, oder alle passenden.</translation>
    </message>
    <message>
      <source>The sign-in goes from this computer and nothing is written to {org} any more. What was pulled, its mappings, history, jobs and audit stay. To sign in again later, connect it under the same name.</source>
      <translation>Die Anmeldung verschwindet von diesem Computer, und in {org} wird nichts mehr geschrieben. Was abgerufen wurde, seine Zuordnungen, der Verlauf, Jobs und das Protokoll bleiben. Um sich später wieder anzumelden, verbinden Sie es unter demselben Namen.</translation>
    </message>
    <message>
      <source>The source has no rows</source>
      <translation>Die Quelle hat keine Zeilen</translation>
    </message>
    <message>
      <source>The task is being completed.</source>
      <translation>Die Aufgabe wird abgeschlossen.</translation>
    </message>
    <message>
      <source>The task is being made.</source>
      <translation>Die Aufgabe wird angelegt.</translation>
    </message>
    <message>
      <source>The task is done.</source>
      <translation>Die Aufgabe ist erledigt.</translation>
    </message>
    <message>
      <source>The task is open.</source>
      <translation>Die Aufgabe ist offen.</translation>
    </message>
    <message>
      <source>The team member {name}, made of this user alone, becomes this one.</source>
      <translation>Das Teammitglied {name}, nur aus diesem Benutzer entstanden, wird dieses.</translation>
    </message>
    <message>
      <source>The test is running.</source>
      <translation>Der Test läuft.</translation>
    </message>
    <message>
      <source>The text stands for</source>
      <translation>Der Text steht für</translation>
    </message>
    <message>
      <source>The trail holds every act; these filters leave none.</source>
      <translation>Das Protokoll enthält jede Handlung; diese Filter lassen keine übrig.</translation>
    </message>
    <message numerus="yes">
      <source>The trial is under way: look at its rows, then send the rest here, %n records.</source>
      <translation>
        <numerusform>Der Probelauf ist im Gange: sehen Sie sich seine Zeilen an, und senden Sie dann hier den Rest, %n Datensatz.</numerusform>
        <numerusform>Der Probelauf ist im Gange: sehen Sie sich seine Zeilen an, und senden Sie dann hier den Rest, %n Datensätze.</numerusform>
      </translation>
    </message>
    <message>
      <source>The values are being converted.</source>
      <translation>Die Werte werden umgewandelt.</translation>
    </message>
    <message>
      <source>The worker can finish them without the window and then ends by itself. Paused jobs send no new rows; rows in flight are resolved, and the rest waits until somebody resumes.</source>
      <translation>Der Worker kann sie ohne das Fenster zu Ende bringen und endet dann von selbst. Angehaltene Jobs senden keine neuen Zeilen; Zeilen unterwegs werden geklärt, und der Rest wartet, bis jemand fortsetzt.</translation>
    </message>
    <message>
      <source>The worker copies the workspace once a day when it is idle, checks the copy, keeps the last seven.</source>
      <translation>Der Worker kopiert den Arbeitsbereich einmal am Tag, wenn nichts zu tun ist, prüft die Kopie und behält die letzten sieben.</translation>
    </message>
    <message>
      <source>The worker stopped three times within a minute and stays off. Jobs wait.</source>
      <translation>Der Worker ist innerhalb einer Minute dreimal stehen geblieben und bleibt aus. Jobs warten.</translation>
    </message>
    <message>
      <source>The workspace holds no job of this number or id.</source>
      <translation>Der Arbeitsbereich enthält keinen Job mit dieser Nummer oder Id.</translation>
    </message>
    <message>
      <source>The workspace is copied, and the copy is whole.</source>
      <translation>Der Arbeitsbereich ist kopiert, und die Kopie ist ganz.</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Design</translation>
    </message>
    <message>
      <source>Theme, language, keys, notices, network and worker become as we ship them.</source>
      <translation>Design, Sprache, Tasten, Meldungen, Netzwerk und Worker werden, wie sie mitgeliefert werden.</translation>
    </message>
    <message>
      <source>Then</source>
      <translation>Dann</translation>
    </message>
    <message>
      <source>There are jobs, but none of this connection, kind, state, attribute or record.</source>
      <translation>Es gibt Jobs, aber keinen mit dieser Verbindung, Art, diesem Zustand, Attribut oder Datensatz.</translation>
    </message>
    <message>
      <source>There are no pending edits on this record.</source>
      <translation>Dieser Datensatz hat keine ausstehenden Änderungen.</translation>
    </message>
    <message>
      <source>There are no pending edits.</source>
      <translation>Es gibt keine ausstehenden Änderungen.</translation>
    </message>
    <message>
      <source>There is no backup of this workspace. One is made every day that it is open.</source>
      <translation>Von diesem Arbeitsbereich gibt es keine Sicherung. Jeden Tag, an dem er offen ist, wird eine gemacht.</translation>
    </message>
    <message>
      <source>There is no backup yet.</source>
      <translation>Noch gibt es keine Sicherung.</translation>
    </message>
    <message>
      <source>There is no backup.</source>
      <translation>Es gibt keine Sicherung.</translation>
    </message>
    <message>
      <source>There is no entity yet.</source>
      <translation>Noch gibt es keine Entität.</translation>
    </message>
    <message>
      <source>There is no field {typed}.</source>
      <translation>Es gibt kein Feld {typed}.</translation>
    </message>
    <message>
      <source>There is no form to fill in.</source>
      <translation>Es gibt kein Formular zum Ausfüllen.</translation>
    </message>
    <message>
      <source>There is no integration to pull yet.</source>
      <translation>Noch gibt es keine Integration zum Abrufen.</translation>
    </message>
    <message>
      <source>There is no notice.</source>
      <translation>Es gibt keine Meldung.</translation>
    </message>
    <message>
      <source>There is no other attribute to copy from.</source>
      <translation>Es gibt kein anderes Attribut, aus dem kopiert werden könnte.</translation>
    </message>
    <message>
      <source>There is no other tab.</source>
      <translation>Es gibt kein anderes Register.</translation>
    </message>
    <message>
      <source>There is no other way for this part.</source>
      <translation>Für diesen Teil gibt es keinen anderen Weg.</translation>
    </message>
    <message>
      <source>There is nothing new in the file.</source>
      <translation>In der Datei ist nichts Neues.</translation>
    </message>
    <message>
      <source>There is nothing to change.</source>
      <translation>Es gibt nichts zu ändern.</translation>
    </message>
    <message>
      <source>There is nothing to fill in: complete without writing.</source>
      <translation>Es gibt nichts auszufüllen: schließen Sie ohne Schreiben ab.</translation>
    </message>
    <message>
      <source>There is nothing to go back to.</source>
      <translation>Es gibt nichts, wohin es zurückgeht.</translation>
    </message>
    <message>
      <source>There is nothing to go forward to.</source>
      <translation>Es gibt nichts, wohin es vorwärts geht.</translation>
    </message>
    <message>
      <source>There is nothing to look at.</source>
      <translation>Es gibt nichts nachzusehen.</translation>
    </message>
    <message>
      <source>There is nothing to send.</source>
      <translation>Es gibt nichts zu senden.</translation>
    </message>
    <message>
      <source>There is nothing to tick.</source>
      <translation>Es gibt nichts anzuhaken.</translation>
    </message>
    <message>
      <source>There may be others: done ones, or those of other records and people.</source>
      <translation>Es kann andere geben: erledigte oder solche anderer Datensätze und Personen.</translation>
    </message>
    <message>
      <source>These are the first {most}; the rest is better put right in a file.</source>
      <translation>Das sind die ersten {most}; der Rest wird besser in einer Datei gerichtet.</translation>
    </message>
    <message>
      <source>These ask for attributes that are not there any more: {names}. Take them out there.</source>
      <translation>Diese fragen nach Attributen, die es nicht mehr gibt: {names}. Nehmen Sie sie dort heraus.</translation>
    </message>
    <message>
      <source>These records were there before their values could be written to {crm}. What you tick is compared with the CRM and shown under Review &amp; send; nothing goes before you send.</source>
      <translation>Diese Datensätze waren da, bevor ihre Werte nach {crm} geschrieben werden konnten. Was Sie ankreuzen, wird mit dem CRM verglichen und unter Prüfen &amp; senden gezeigt; nichts geht hinaus, bevor Sie senden.</translation>
    </message>
    <message>
      <source>These team members have no user in a CRM yet, and somebody there resembles them. What you accept is remembered like a choice of your own; what you leave stays open.</source>
      <translation>Diese Teammitglieder haben in einem CRM noch keinen Benutzer, und jemand dort sieht ihnen ähnlich. Was Sie annehmen, wird wie eine eigene Wahl gemerkt; was Sie lassen, bleibt offen.</translation>
    </message>
    <message>
      <source>These write attributes that are gone: {names}. Import more to choose others.</source>
      <translation>Diese schreiben Attribute, die nicht mehr da sind: {names}. Importieren Sie weitere, um andere zu wählen.</translation>
    </message>
    <message>
      <source>They are not listed as due before that day.</source>
      <translation>Sie werden vor diesem Tag nicht als fällig geführt.</translation>
    </message>
    <message>
      <source>They are sent from Review &amp; send as one job, which can be undone.</source>
      <translation>Sie werden aus Prüfen &amp; senden als ein Job gesendet, der sich rückgängig machen lässt.</translation>
    </message>
    <message>
      <source>They ask for different forms.</source>
      <translation>Sie verlangen verschiedene Formulare.</translation>
    </message>
    <message>
      <source>This attribute is not there any more; it is left out.</source>
      <translation>Dieses Attribut gibt es nicht mehr; es wird ausgelassen.</translation>
    </message>
    <message>
      <source>This backup was restored before: {file} is there.</source>
      <translation>Diese Sicherung wurde schon wiederhergestellt: {file} ist da.</translation>
    </message>
    <message>
      <source>This batch has no job at the CRM: its rows went in requests of their own.</source>
      <translation>Dieser Stapel hat keinen Job beim CRM: seine Zeilen gingen in eigenen Anfragen.</translation>
    </message>
    <message>
      <source>This column is written through no reference.</source>
      <translation>Diese Spalte wird durch keine Referenz geschrieben.</translation>
    </message>
    <message>
      <source>This column writes no field.</source>
      <translation>Diese Spalte schreibt in kein Feld.</translation>
    </message>
    <message numerus="yes">
      <source>This computer's clock is %n minutes ahead of the CRM's.</source>
      <translation>
        <numerusform>Die Uhr dieses Computers geht %n Minute vor der des CRM.</numerusform>
        <numerusform>Die Uhr dieses Computers geht %n Minuten vor der des CRM.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This computer's clock is %n minutes behind the CRM's.</source>
      <translation>
        <numerusform>Die Uhr dieses Computers geht %n Minute hinter der des CRM.</numerusform>
        <numerusform>Die Uhr dieses Computers geht %n Minuten hinter der des CRM.</numerusform>
      </translation>
    </message>
    <message>
      <source>This connection is disconnected; sign in again first.</source>
      <translation>Diese Verbindung ist getrennt; melden Sie sich zuerst wieder an.</translation>
    </message>
    <message>
      <source>This could not be shown</source>
      <translation>Dies konnte nicht gezeigt werden</translation>
    </message>
    <message>
      <source>This CRM does not let your user change the people themselves.</source>
      <translation>In diesem CRM darf Ihr Benutzer die Personen selbst nicht ändern.</translation>
    </message>
    <message>
      <source>This CRM has no page for such a job.</source>
      <translation>Dieses CRM hat keine Seite für einen solchen Job.</translation>
    </message>
    <message>
      <source>This CRM tells no daily quota.</source>
      <translation>Dieses CRM nennt kein Tageskontingent.</translation>
    </message>
    <message numerus="yes">
      <source>This CRM tells no daily quota; its pace is at most %n requests in {span}.</source>
      <translation>
        <numerusform>Dieses CRM nennt kein Tageskontingent; sein Tempo ist höchstens %n Anfrage in {span}.</numerusform>
        <numerusform>Dieses CRM nennt kein Tageskontingent; sein Tempo ist höchstens %n Anfragen in {span}.</numerusform>
      </translation>
    </message>
    <message>
      <source>This entry is about no job.</source>
      <translation>Dieser Eintrag betrifft keinen Job.</translation>
    </message>
    <message>
      <source>This entry is about no job: there is nothing to put back.</source>
      <translation>Dieser Eintrag betrifft keinen Job: es gibt nichts zurückzusetzen.</translation>
    </message>
    <message>
      <source>This is a field of the record it points at; edit it there.</source>
      <translation>Das ist ein Feld des Datensatzes, auf den verwiesen wird; bearbeiten Sie es dort.</translation>
    </message>
    <message>
      <source>This is a test message of Writeback: notices arrive here.</source>
      <translation>Dies ist eine Testnachricht von Writeback: Meldungen kommen hier an.</translation>
    </message>
    <message>
      <source>This is no key.</source>
      <translation>Das ist keine Taste.</translation>
    </message>
    <message>
      <source>This is the first step.</source>
      <translation>Das ist der erste Schritt.</translation>
    </message>
    <message>
      <source>This job was not read back yet. Reading back compares what was written with what the CRM holds now; it changes nothing and costs about a call for each request's worth of rows.</source>
      <translation>Dieser Job wurde noch nicht nachgelesen. Nachlesen vergleicht, was geschrieben wurde, mit dem, was jetzt im CRM steht; es ändert nichts und kostet etwa einen Aufruf je Anfrage voller Zeilen.</translation>
    </message>
    <message>
      <source>This key belongs to tables and fields and stays.</source>
      <translation>Diese Taste gehört zu Tabellen und Feldern und bleibt.</translation>
    </message>
    <message>
      <source>This option goes</source>
      <translation>Diese Option entfällt</translation>
    </message>
    <message>
      <source>This page is not translated yet.</source>
      <translation>Diese Seite ist noch nicht übersetzt; sie ist auf Englisch.</translation>
    </message>
    <message>
      <source>this person</source>
      <translation>diese Person</translation>
    </message>
    <message>
      <source>This plan is old: what it shows of the CRM may have changed since.</source>
      <translation>Dieser Plan ist alt: was er vom CRM zeigt, kann sich seitdem geändert haben.</translation>
    </message>
    <message>
      <source>This row does not touch the field.</source>
      <translation>Diese Zeile berührt das Feld nicht.</translation>
    </message>
    <message>
      <source>This screen shows everything without an inspector.</source>
      <translation>Diese Ansicht zeigt alles ohne Inspektor.</translation>
    </message>
    <message>
      <source>This workspace is a file, so permission levels are a guard-rail: they stop mistakes. Whoever can write the file can change them. People are known by the name they are signed in with on their computer.</source>
      <translation>Dieser Arbeitsbereich ist eine Datei, darum sind Berechtigungsstufen ein Geländer: sie halten Fehler auf. Wer die Datei schreiben kann, kann sie ändern. Personen werden an dem Namen erkannt, mit dem sie an ihrem Computer angemeldet sind.</translation>
    </message>
    <message>
      <source>This workspace is trusted</source>
      <translation>Diesem Arbeitsbereich wird vertraut</translation>
    </message>
    <message>
      <source>Throttled</source>
      <translation>Gedrosselt</translation>
    </message>
    <message>
      <source>Throttled until {time}</source>
      <translation>Gedrosselt bis {time}</translation>
    </message>
    <message>
      <source>through {hops}</source>
      <translation>über {hops}</translation>
    </message>
    <message>
      <source>Thursday</source>
      <translation>Donnerstag</translation>
    </message>
    <message numerus="yes">
      <source>Tick %n rows again</source>
      <translation>
        <numerusform>%n Zeile wieder anhaken</numerusform>
        <numerusform>%n Zeilen wieder anhaken</numerusform>
      </translation>
    </message>
    <message>
      <source>Tick a proposal first.</source>
      <translation>Kreuzen Sie zuerst einen Vorschlag an.</translation>
    </message>
    <message>
      <source>Tick all</source>
      <translation>Alle anhaken</translation>
    </message>
    <message>
      <source>Tick all again</source>
      <translation>Alle wieder anhaken</translation>
    </message>
    <message>
      <source>Tick an attribute first.</source>
      <translation>Kreuzen Sie zuerst ein Attribut an.</translation>
    </message>
    <message>
      <source>Tick at least one file.</source>
      <translation>Haken Sie mindestens eine Datei an.</translation>
    </message>
    <message>
      <source>Tick none</source>
      <translation>Keine anhaken</translation>
    </message>
    <message>
      <source>Tick what shall be imported.</source>
      <translation>Haken Sie an, was übernommen werden soll.</translation>
    </message>
    <message>
      <source>Tick who shall get accounts.</source>
      <translation>Kreuzen Sie an, wer Accounts bekommen soll.</translation>
    </message>
    <message>
      <source>Tick who shall get accounts; who would have how many is counted here.</source>
      <translation>Kreuzen Sie an, wer Accounts bekommen soll; hier wird gezählt, wer wie viele hätte.</translation>
    </message>
    <message>
      <source>Tier</source>
      <translation>Stufe</translation>
    </message>
    <message>
      <source>Time</source>
      <translation>Zeit</translation>
    </message>
    <message>
      <source>Time zone</source>
      <translation>Zeitzone</translation>
    </message>
    <message>
      <source>Time zone of moments that name none</source>
      <translation>Zeitzone von Zeitpunkten, die keine nennen</translation>
    </message>
    <message>
      <source>time zone, e.g. Europe/Berlin</source>
      <translation>Zeitzone, z. B. Europe/Berlin</translation>
    </message>
    <message>
      <source>times</source>
      <translation>Mal</translation>
    </message>
    <message>
      <source>Title</source>
      <translation>Titel</translation>
    </message>
    <message>
      <source>Title that people see</source>
      <translation>Titel, den Personen sehen</translation>
    </message>
    <message>
      <source>TLS</source>
      <translation>TLS</translation>
    </message>
    <message>
      <source>tls ssl certificate pem</source>
      <translation>TLS SSL Zertifikat PEM</translation>
    </message>
    <message>
      <source>To</source>
      <translation>An</translation>
    </message>
    <message>
      <source>to</source>
      <translation>bis</translation>
    </message>
    <message>
      <source>to be read back</source>
      <translation>nachzulesen</translation>
    </message>
    <message>
      <source>To be sent</source>
      <translation>Zu senden</translation>
    </message>
    <message>
      <source>to be sent</source>
      <translation>zu senden</translation>
    </message>
    <message>
      <source>To be sent. Enter or Space leaves it out.</source>
      <translation>Wird gesendet. Eingabe oder Leertaste lässt sie aus.</translation>
    </message>
    <message>
      <source>to do</source>
      <translation>zu tun</translation>
    </message>
    <message>
      <source>To send</source>
      <translation>Zu senden</translation>
    </message>
    <message>
      <source>To these alone: for other CRMs its values stay pending edits.</source>
      <translation>Nur an diese: Für andere CRMs bleiben seine Werte ausstehende Änderungen.</translation>
    </message>
    <message>
      <source>To try it out</source>
      <translation>Zum Ausprobieren</translation>
    </message>
    <message>
      <source>To {host}.</source>
      <translation>An {host}.</translation>
    </message>
    <message>
      <source>Today's quota does not suffice: it takes {units}.</source>
      <translation>Das heutige Kontingent reicht nicht: gebraucht werden {units}.</translation>
    </message>
    <message>
      <source>Token file</source>
      <translation>Tokendatei</translation>
    </message>
    <message>
      <source>token file {path}</source>
      <translation>Tokendatei {path}</translation>
    </message>
    <message>
      <source>Took</source>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>Tools</source>
      <translation>Werkzeuge</translation>
    </message>
    <message>
      <source>trail</source>
      <translation>Spur</translation>
    </message>
    <message>
      <source>Transforms</source>
      <translation>Umformungen</translation>
    </message>
    <message>
      <source>translation german english deutsch sprache</source>
      <translation>Übersetzung Deutsch Englisch Sprache</translation>
    </message>
    <message>
      <source>Trial</source>
      <translation>Probelauf</translation>
    </message>
    <message>
      <source>Trial run</source>
      <translation>Probelauf</translation>
    </message>
    <message>
      <source>Trial run queued. Nothing else was sent.</source>
      <translation>Probelauf eingereiht. Sonst wurde nichts gesendet.</translation>
    </message>
    <message numerus="yes">
      <source>Trial run: %n rows</source>
      <translation>
        <numerusform>Probelauf: %n Zeile</numerusform>
        <numerusform>Probelauf: %n Zeilen</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Trial: {sent} rows were sent, {arrived} arrived. %n rows wait.</source>
      <translation>
        <numerusform>Probelauf: {sent} Zeilen wurden gesendet, {arrived} sind angekommen. %n Zeile wartet.</numerusform>
        <numerusform>Probelauf: {sent} Zeilen wurden gesendet, {arrived} sind angekommen. %n Zeilen warten.</numerusform>
      </translation>
    </message>
    <message>
      <source>tried, the rest waits</source>
      <translation>erprobt, der Rest wartet</translation>
    </message>
    <message>
      <source>Tries</source>
      <translation>Versuche</translation>
    </message>
    <message>
      <source>Tries of the chosen batch</source>
      <translation>Versuche des gewählten Stapels</translation>
    </message>
    <message>
      <source>triggers</source>
      <translation>Auslöser</translation>
    </message>
    <message>
      <source>true: passed over, by the older header, which environments without the newer one know.</source>
      <translation>true: übergangen, mit der älteren Kopfzeile, die Umgebungen ohne die neuere kennen.</translation>
    </message>
    <message>
      <source>Trust</source>
      <translation>Vertrauen</translation>
    </message>
    <message>
      <source>trust</source>
      <translation>Vertrauen</translation>
    </message>
    <message>
      <source>Trust it no longer</source>
      <translation>Nicht mehr vertrauen</translation>
    </message>
    <message>
      <source>Trust this workspace</source>
      <translation>Diesem Arbeitsbereich vertrauen</translation>
    </message>
    <message>
      <source>Trust this workspace…</source>
      <translation>Diesem Arbeitsbereich vertrauen…</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Erneut versuchen</translation>
    </message>
    <message>
      <source>Try now</source>
      <translation>Jetzt versuchen</translation>
    </message>
    <message>
      <source>Try the demo workspace</source>
      <translation>Demo-Arbeitsbereich ausprobieren</translation>
    </message>
    <message>
      <source>Tuesday</source>
      <translation>Dienstag</translation>
    </message>
    <message>
      <source>Twice in the file</source>
      <translation>Zweimal in der Datei</translation>
    </message>
    <message>
      <source>Two claim one name</source>
      <translation>Zwei beanspruchen einen Namen</translation>
    </message>
    <message>
      <source>Two columns write {field}.</source>
      <translation>Zwei Spalten schreiben {field}.</translation>
    </message>
    <message>
      <source>Type</source>
      <translation>Typ</translation>
    </message>
    <message>
      <source>Type a value first, or choose Clear.</source>
      <translation>Geben Sie zuerst einen Wert ein, oder wählen Sie Leeren.</translation>
    </message>
    <message>
      <source>Type another value first.</source>
      <translation>Geben Sie zuerst einen anderen Wert ein.</translation>
    </message>
    <message>
      <source>Type it first: {label}.</source>
      <translation>Geben Sie zuerst ein: {label}.</translation>
    </message>
    <message>
      <source>Type the attribute's title.</source>
      <translation>Geben Sie den Titel des Attributs ein.</translation>
    </message>
    <message>
      <source>Type the names of the orgs first.</source>
      <translation>Geben Sie zuerst die Namen der Orgs ein.</translation>
    </message>
    <message>
      <source>Type the org's name</source>
      <translation>Namen der Org eingeben</translation>
    </message>
    <message>
      <source>Type the org's name first.</source>
      <translation>Geben Sie zuerst den Namen der Org ein.</translation>
    </message>
    <message>
      <source>Type the org's name.</source>
      <translation>Geben Sie den Namen der Org ein.</translation>
    </message>
    <message>
      <source>Type the words to find in the grid first.</source>
      <translation>Geben Sie zuerst die Wörter ein, die im Raster gesucht werden.</translation>
    </message>
    <message>
      <source>Type this code on the page that opened, on this or any other device, and sign in there. Check the page's address first; nobody else should be asking you for this code.</source>
      <translation>Geben Sie diesen Code auf der geöffneten Seite ein, auf diesem oder einem anderen Gerät, und melden Sie sich dort an. Prüfen Sie zuerst die Adresse der Seite; niemand sonst sollte Sie nach diesem Code fragen.</translation>
    </message>
    <message>
      <source>Type {wanted} to send.</source>
      <translation>Geben Sie {wanted} ein, um zu senden.</translation>
    </message>
    <message>
      <source>Typed</source>
      <translation>Eingegeben</translation>
    </message>
    <message>
      <source>unbroken up to entry {entry}</source>
      <translation>unversehrt bis Eintrag {entry}</translation>
    </message>
    <message>
      <source>under 1 s</source>
      <translation>unter 1 s</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>undo</source>
      <translation>Rückgängigmachen</translation>
    </message>
    <message numerus="yes">
      <source>Undo %n rows</source>
      <translation>
        <numerusform>%n Zeile rückgängig machen</numerusform>
        <numerusform>%n Zeilen rückgängig machen</numerusform>
      </translation>
    </message>
    <message>
      <source>Undo chosen rows</source>
      <translation>Gewählte Zeilen rückgängig machen</translation>
    </message>
    <message>
      <source>Undo edit</source>
      <translation>Änderung rückgängig machen</translation>
    </message>
    <message>
      <source>Undo everywhere</source>
      <translation>Überall rückgängig machen</translation>
    </message>
    <message>
      <source>Undo job</source>
      <translation>Job rückgängig machen</translation>
    </message>
    <message>
      <source>Undo job {number}</source>
      <translation>Job {number} rückgängig machen</translation>
    </message>
    <message>
      <source>Undo job {number}…</source>
      <translation>Job {number} rückgängig machen…</translation>
    </message>
    <message>
      <source>Undo job…</source>
      <translation>Job rückgängig machen…</translation>
    </message>
    <message>
      <source>Undo of a job</source>
      <translation>Rückgängigmachen eines Jobs</translation>
    </message>
    <message>
      <source>Undo of job {number}</source>
      <translation>Rückgängigmachen von Job {number}</translation>
    </message>
    <message>
      <source>Undo the last step</source>
      <translation>Den letzten Schritt rückgängig machen</translation>
    </message>
    <message>
      <source>Undo this run</source>
      <translation>Diesen Lauf rückgängig machen</translation>
    </message>
    <message>
      <source>Undo what job {number} wrote of this task</source>
      <translation>Rückgängig machen, was Job {number} von dieser Aufgabe schrieb</translation>
    </message>
    <message>
      <source>Undoes</source>
      <translation>Macht rückgängig</translation>
    </message>
    <message>
      <source>undone</source>
      <translation>rückgängig gemacht</translation>
    </message>
    <message>
      <source>Undo…</source>
      <translation>Rückgängig…</translation>
    </message>
    <message>
      <source>Unit</source>
      <translation>Einheit</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Unbekannt</translation>
    </message>
    <message>
      <source>unknown</source>
      <translation>unbekannt</translation>
    </message>
    <message>
      <source>Unknown values</source>
      <translation>Unbekannte Werte</translation>
    </message>
    <message>
      <source>Unmatched</source>
      <translation>Nicht zugeordnet</translation>
    </message>
    <message>
      <source>unmatched</source>
      <translation>nicht zugeordnet</translation>
    </message>
    <message>
      <source>unread</source>
      <translation>ungelesen</translation>
    </message>
    <message>
      <source>until</source>
      <translation>bis</translation>
    </message>
    <message>
      <source>Until Monday, 08:00</source>
      <translation>Bis Montag, 08:00</translation>
    </message>
    <message>
      <source>Until this moment nothing goes to the tray or off this machine; it then goes as one message.</source>
      <translation>Bis zu diesem Zeitpunkt geht nichts in den Infobereich oder von diesem Computer weg; danach geht es als eine Nachricht.</translation>
    </message>
    <message>
      <source>Until tomorrow, 08:00</source>
      <translation>Bis morgen, 08:00</translation>
    </message>
    <message>
      <source>until {time}</source>
      <translation>bis {time}</translation>
    </message>
    <message>
      <source>until {when}, as the CRM asked</source>
      <translation>bis {when}, wie das CRM gebeten hat</translation>
    </message>
    <message>
      <source>up to {count} characters</source>
      <translation>bis {count} Zeichen</translation>
    </message>
    <message>
      <source>Update and create the missing ones</source>
      <translation>Ändern und fehlende anlegen</translation>
    </message>
    <message>
      <source>Update only</source>
      <translation>Nur ändern</translation>
    </message>
    <message>
      <source>Update the reference object</source>
      <translation>Das Referenzobjekt aktualisieren</translation>
    </message>
    <message>
      <source>Update with form</source>
      <translation>Mit Formular aktualisieren</translation>
    </message>
    <message>
      <source>Update with form…</source>
      <translation>Mit Formular aktualisieren…</translation>
    </message>
    <message>
      <source>update_multiple: all rows in one transaction, halved when one is refused. batch: each row for itself.</source>
      <translation>update_multiple: alle Zeilen in einer Transaktion, halbiert, wenn eine abgelehnt wird. batch: jede Zeile für sich.</translation>
    </message>
    <message>
      <source>upload</source>
      <translation>hochladen</translation>
    </message>
    <message>
      <source>Upload that may be left at the CRM</source>
      <translation>Upload, der beim CRM liegen geblieben sein kann</translation>
    </message>
    <message>
      <source>uploaded</source>
      <translation>hochgeladen</translation>
    </message>
    <message>
      <source>url</source>
      <translation>url</translation>
    </message>
    <message>
      <source>Use filter</source>
      <translation>Filter verwenden</translation>
    </message>
    <message>
      <source>Use the pasted address</source>
      <translation>Eingefügte Adresse verwenden</translation>
    </message>
    <message>
      <source>Use this key</source>
      <translation>Diese Taste verwenden</translation>
    </message>
    <message>
      <source>Used by</source>
      <translation>Verwendet von</translation>
    </message>
    <message>
      <source>User</source>
      <translation>Benutzer</translation>
    </message>
    <message>
      <source>User name</source>
      <translation>Benutzername</translation>
    </message>
    <message>
      <source>user profile header</source>
      <translation>Kopf des Benutzerprofils</translation>
    </message>
    <message>
      <source>users</source>
      <translation>Benutzer</translation>
    </message>
    <message>
      <source>Users are being read.</source>
      <translation>Benutzer werden gelesen.</translation>
    </message>
    <message>
      <source>Users read</source>
      <translation>Benutzer gelesen</translation>
    </message>
    <message>
      <source>UTF-16</source>
      <translation>UTF-16</translation>
    </message>
    <message>
      <source>UTF-8</source>
      <translation>UTF-8</translation>
    </message>
    <message>
      <source>Valid for the minutes that you chose in the console, at most ten. It works once and is not kept.</source>
      <translation>Gültig für die Minuten, die Sie in der Konsole gewählt haben, höchstens zehn. Er gilt nur einmal und wird nicht aufbewahrt.</translation>
    </message>
    <message>
      <source>Value</source>
      <translation>Wert</translation>
    </message>
    <message>
      <source>Value history of each account…</source>
      <translation>Werteverlauf jedes Accounts…</translation>
    </message>
    <message>
      <source>Value in a role</source>
      <translation>Wert in einer Rolle</translation>
    </message>
    <message>
      <source>Value map</source>
      <translation>Wertetabelle</translation>
    </message>
    <message>
      <source>Value of the limit</source>
      <translation>Wert der Grenze</translation>
    </message>
    <message>
      <source>Values</source>
      <translation>Werte</translation>
    </message>
    <message>
      <source>Values behind the entry</source>
      <translation>Werte hinter dem Eintrag</translation>
    </message>
    <message>
      <source>Values of a record erased</source>
      <translation>Werte eines Datensatzes gelöscht</translation>
    </message>
    <message>
      <source>Values of a sheet into the CRM: records are found and changed; none is created unless you say so.</source>
      <translation>Werte einer Tabelle ins CRM: Datensätze werden gefunden und geändert; angelegt wird keiner, außer Sie wollen es.</translation>
    </message>
    <message>
      <source>Values of one record are written to {names} at once.</source>
      <translation>Werte eines Datensatzes werden sofort nach {names} geschrieben.</translation>
    </message>
    <message>
      <source>Values outside a picklist</source>
      <translation>Werte außerhalb einer Auswahlliste</translation>
    </message>
    <message>
      <source>Values stand here as salted digests only; each entry is chained to the one before.</source>
      <translation>Werte stehen hier nur als gesalzene Prüfsummen; jeder Eintrag ist mit dem davor verkettet.</translation>
    </message>
    <message>
      <source>Values that it does not name</source>
      <translation>Werte, die sie nicht nennt</translation>
    </message>
    <message>
      <source>Values that the map does not name</source>
      <translation>Werte, die die Tabelle nicht nennt</translation>
    </message>
    <message>
      <source>Values travel as they are. Give one a meaning, and the map holds.</source>
      <translation>Werte reisen, wie sie sind. Geben Sie einem eine Bedeutung, und die Tabelle gilt.</translation>
    </message>
    <message>
      <source>Vault file chosen</source>
      <translation>Tresordatei gewählt</translation>
    </message>
    <message>
      <source>Verdict</source>
      <translation>Urteil</translation>
    </message>
    <message>
      <source>Verified</source>
      <translation>Geprüft</translation>
    </message>
    <message>
      <source>Verify chain</source>
      <translation>Kette prüfen</translation>
    </message>
    <message>
      <source>Verify now</source>
      <translation>Jetzt prüfen</translation>
    </message>
    <message>
      <source>Verify the audit chain</source>
      <translation>Prüfprotokoll nachrechnen</translation>
    </message>
    <message>
      <source>Version</source>
      <translation>Version</translation>
    </message>
    <message>
      <source>version</source>
      <translation>Version</translation>
    </message>
    <message>
      <source>Version check</source>
      <translation>Versionsprüfung</translation>
    </message>
    <message>
      <source>Version check in batches</source>
      <translation>Versionsprüfung in Stapeln</translation>
    </message>
    <message>
      <source>View</source>
      <translation>Ansicht</translation>
    </message>
    <message>
      <source>View {name} is deleted.</source>
      <translation>Die Ansicht {name} ist gelöscht.</translation>
    </message>
    <message>
      <source>View {name} is saved.</source>
      <translation>Die Ansicht {name} ist gespeichert.</translation>
    </message>
    <message>
      <source>Viewer</source>
      <translation>Betrachter</translation>
    </message>
    <message>
      <source>Views</source>
      <translation>Ansichten</translation>
    </message>
    <message>
      <source>Violet</source>
      <translation>Violett</translation>
    </message>
    <message>
      <source>wait in Review &amp; send</source>
      <translation>warten unter Prüfen &amp; senden</translation>
    </message>
    <message>
      <source>Waiting for consent</source>
      <translation>Wartet auf Erlaubnis</translation>
    </message>
    <message>
      <source>Waiting for the CRM</source>
      <translation>Warten auf das CRM</translation>
    </message>
    <message>
      <source>waiting for the CRM</source>
      <translation>wartet auf das CRM</translation>
    </message>
    <message>
      <source>Waiting for your browser</source>
      <translation>Warten auf Ihren Browser</translation>
    </message>
    <message>
      <source>Waiting for your browser… {left} left</source>
      <translation>Warten auf Ihren Browser… noch {left}</translation>
    </message>
    <message>
      <source>Waits</source>
      <translation>Wartet</translation>
    </message>
    <message>
      <source>waits</source>
      <translation>wartet</translation>
    </message>
    <message>
      <source>Waits for</source>
      <translation>Wartet auf</translation>
    </message>
    <message>
      <source>Waits for job {number}</source>
      <translation>Wartet auf Auftrag {number}</translation>
    </message>
    <message>
      <source>Was</source>
      <translation>War</translation>
    </message>
    <message>
      <source>Watch</source>
      <translation>Zusehen</translation>
    </message>
    <message>
      <source>Way</source>
      <translation>Weg</translation>
    </message>
    <message>
      <source>Web address</source>
      <translation>Webadresse</translation>
    </message>
    <message>
      <source>Webhook</source>
      <translation>Webhook</translation>
    </message>
    <message>
      <source>Wednesday</source>
      <translation>Mittwoch</translation>
    </message>
    <message>
      <source>weeks</source>
      <translation>Wochen</translation>
    </message>
    <message>
      <source>welcome</source>
      <translation>Willkommen</translation>
    </message>
    <message>
      <source>Welcome to Writeback</source>
      <translation>Willkommen bei Writeback</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What a report of a fault needs. No value of a record and no secret is in it; nothing is sent. Read each file; untick what shall stay here.</source>
      <translation>Was eine Fehlermeldung braucht. Kein Wert eines Datensatzes und kein Geheimnis ist darin; nichts wird gesendet. Lesen Sie jede Datei; nehmen Sie den Haken weg, was hier bleiben soll.</translation>
    </message>
    <message>
      <source>What becomes of it</source>
      <translation>Was daraus wird</translation>
    </message>
    <message>
      <source>What becomes of the values is not known yet.</source>
      <translation>Was aus den Werten wird, ist noch nicht bekannt.</translation>
    </message>
    <message>
      <source>What changes hands</source>
      <translation>Was wechselt</translation>
    </message>
    <message>
      <source>What completing it wrote</source>
      <translation>Was der Abschluss geschrieben hat</translation>
    </message>
    <message>
      <source>What Delete means</source>
      <translation>Was Löschen bedeutet</translation>
    </message>
    <message>
      <source>What did you do, what happened, what should have happened?</source>
      <translation>Was haben Sie getan, was ist geschehen, was hätte geschehen sollen?</translation>
    </message>
    <message>
      <source>What do you want to do?</source>
      <translation>Was möchten Sie tun?</translation>
    </message>
    <message>
      <source>What does Delete mean in {column}?</source>
      <translation>Was bedeutet Löschen in {column}?</translation>
    </message>
    <message>
      <source>What does {value} mean in {connection}?</source>
      <translation>Was bedeutet {value} in {connection}?</translation>
    </message>
    <message>
      <source>What each level may do</source>
      <translation>Was jede Stufe darf</translation>
    </message>
    <message>
      <source>What every row writes alike comes from no column.</source>
      <translation>Was jede Zeile gleich schreibt, kommt aus keiner Spalte.</translation>
    </message>
    <message>
      <source>What goes wrong most</source>
      <translation>Was am häufigsten schiefgeht</translation>
    </message>
    <message>
      <source>What hangs on {name}</source>
      <translation>Was an {name} hängt</translation>
    </message>
    <message>
      <source>What happened</source>
      <translation>Was geschah</translation>
    </message>
    <message>
      <source>What has to be done</source>
      <translation>Was zu tun ist</translation>
    </message>
    <message>
      <source>What has to be done about records. Completing one can ask for values and writes them.</source>
      <translation>Was zu Datensätzen zu tun ist. Eine Aufgabe kann beim Abschließen nach Werten fragen und schreibt sie.</translation>
    </message>
    <message>
      <source>What is calculated</source>
      <translation>Was gerechnet wird</translation>
    </message>
    <message>
      <source>What is changed within it goes as one job.</source>
      <translation>Was darin geändert wird, geht als ein Job.</translation>
    </message>
    <message>
      <source>What is in conflict here has no field to make a rule for.</source>
      <translation>Was hier im Konflikt steht, hat kein Feld, für das eine Regel gelten könnte.</translation>
    </message>
    <message>
      <source>What is in it is sent when you send it; its plugins run.</source>
      <translation>Was darin ist, wird gesendet, wenn Sie es senden; seine Plugins laufen.</translation>
    </message>
    <message>
      <source>What is in the CRM is kept.</source>
      <translation>Was im CRM steht, bleibt.</translation>
    </message>
    <message>
      <source>What is kept of each account and person, where it comes from, and which CRMs an edit is written to.</source>
      <translation>Was zu jedem Account und jeder Person gespeichert ist, woher es kommt und in welche CRMs eine Änderung geschrieben wird.</translation>
    </message>
    <message>
      <source>What is older is dropped by the next pulls. The audit trail and the totals of jobs stay.</source>
      <translation>Was älter ist, lassen die nächsten Abrufe fallen. Das Prüfprotokoll und die Summen der Jobs bleiben.</translation>
    </message>
    <message>
      <source>What it does</source>
      <translation>Was sie tut</translation>
    </message>
    <message>
      <source>what it is for</source>
      <translation>wofür es dient</translation>
    </message>
    <message>
      <source>What it means</source>
      <translation>Was es bedeutet</translation>
    </message>
    <message>
      <source>What it says</source>
      <translation>Was er sagt</translation>
    </message>
    <message>
      <source>What it would do</source>
      <translation>Was es täte</translation>
    </message>
    <message>
      <source>What its code does cannot be undone; “Disable” stops it at any time.</source>
      <translation>Was sein Code tut, kann nicht rückgängig gemacht werden; „Ausschalten“ hält es jederzeit an.</translation>
    </message>
    <message>
      <source>What Python said</source>
      <translation>Was Python sagte</translation>
    </message>
    <message>
      <source>What Review &amp; send asks before it sends.</source>
      <translation>Was Prüfen &amp; senden fragt, bevor es sendet.</translation>
    </message>
    <message>
      <source>What somebody said not to ask again.</source>
      <translation>Was jemand nicht mehr gefragt werden will.</translation>
    </message>
    <message>
      <source>What stands here holds on this computer; guards and retention belong to the workspace.</source>
      <translation>Was hier steht, gilt auf diesem Computer; Schutzgrenzen und Aufbewahrung gehören zum Arbeitsbereich.</translation>
    </message>
    <message>
      <source>What texts become…</source>
      <translation>Was aus Texten wird …</translation>
    </message>
    <message>
      <source>What the new step does</source>
      <translation>Was der neue Schritt tut</translation>
    </message>
    <message>
      <source>What the task says</source>
      <translation>Was die Aufgabe sagt</translation>
    </message>
    <message>
      <source>What the texts become</source>
      <translation>Was aus den Texten wird</translation>
    </message>
    <message>
      <source>What they wrote</source>
      <translation>Was sie schrieben</translation>
    </message>
    <message>
      <source>What this CRM holds counts, also when it is empty.</source>
      <translation>Was dieses CRM enthält, zählt, auch wenn es leer ist.</translation>
    </message>
    <message>
      <source>What this CRM holds counts; where it holds nothing, what another does.</source>
      <translation>Was dieses CRM enthält, zählt; wo es nichts enthält, was ein anderes enthält.</translation>
    </message>
    <message>
      <source>What to do</source>
      <translation>Was zu tun ist</translation>
    </message>
    <message>
      <source>What to do in {product}</source>
      <translation>Was in {product} zu tun ist</translation>
    </message>
    <message>
      <source>What unknown values count as</source>
      <translation>Als was unbekannte Werte zählen</translation>
    </message>
    <message>
      <source>What waits here is in conflict: settle it first.</source>
      <translation>Was hier wartet, ist im Konflikt: entscheiden Sie zuerst darüber.</translation>
    </message>
    <message>
      <source>What was done in the CRM</source>
      <translation>Was im CRM getan wurde</translation>
    </message>
    <message>
      <source>What was found</source>
      <translation>Was gefunden wurde</translation>
    </message>
    <message>
      <source>What was said and agreed</source>
      <translation>Was gesagt und vereinbart wurde</translation>
    </message>
    <message>
      <source>What was saved stays saved.</source>
      <translation>Was gespeichert war, bleibt gespeichert.</translation>
    </message>
    <message>
      <source>What was sent</source>
      <translation>Was gesendet wurde</translation>
    </message>
    <message>
      <source>What was sent stays sent and stays in the list of jobs; a plan that waits is dropped.</source>
      <translation>Was gesendet ist, bleibt gesendet und in der Liste der Jobs; ein wartender Plan wird verworfen.</translation>
    </message>
    <message>
      <source>What was sent, what the CRM answered, row by row.</source>
      <translation>Was gesendet wurde und was das CRM geantwortet hat, Zeile für Zeile.</translation>
    </message>
    <message>
      <source>What was sent…</source>
      <translation>Was gesendet wurde…</translation>
    </message>
    <message>
      <source>What was told before is over.</source>
      <translation>Was zuvor gemeldet wurde, ist vorbei.</translation>
    </message>
    <message>
      <source>What went wrong</source>
      <translation>Was schiefging</translation>
    </message>
    <message>
      <source>What you call it here.</source>
      <translation>Wie Sie sie hier nennen.</translation>
    </message>
    <message>
      <source>What you call it here. The CRM is told nothing.</source>
      <translation>Wie Sie es hier nennen. Dem CRM wird nichts gesagt.</translation>
    </message>
    <message>
      <source>What you call this environment. Empty: as the org itself says.</source>
      <translation>Wie Sie diese Umgebung nennen. Leer: wie die Org selbst sagt.</translation>
    </message>
    <message>
      <source>What you changed is not saved. Escape once more leaves it.</source>
      <translation>Was Sie geändert haben, ist nicht gespeichert. Escape noch einmal verlässt es.</translation>
    </message>
    <message>
      <source>What you choose becomes a pending edit of this record alone.</source>
      <translation>Was Sie wählen, wird eine ausstehende Änderung nur dieses Datensatzes.</translation>
    </message>
    <message>
      <source>What you choose is remembered: it holds for every record and every later reading of users.</source>
      <translation>Ihre Wahl wird gemerkt: sie gilt für jeden Datensatz und jedes spätere Lesen der Benutzer.</translation>
    </message>
    <message>
      <source>What you said not to ask again. What writes to production is always asked.</source>
      <translation>Was Sie nicht mehr gefragt werden wollten. Was in die Produktion schreibt, wird immer gefragt.</translation>
    </message>
    <message>
      <source>What you typed earlier is here again. Secrets were not kept.</source>
      <translation>Was Sie früher eingegeben haben, ist wieder da. Geheimnisse wurden nicht aufbewahrt.</translation>
    </message>
    <message>
      <source>What “{play}” would do now</source>
      <translation>Was „{play}“ jetzt täte</translation>
    </message>
    <message>
      <source>Wheels (*.whl)</source>
      <translation>Wheels (*.whl)</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>When and whom</source>
      <translation>Wann und wen</translation>
    </message>
    <message>
      <source>when asked</source>
      <translation>auf Wunsch</translation>
    </message>
    <message>
      <source>When both sides changed</source>
      <translation>Wenn beide Seiten geändert haben</translation>
    </message>
    <message>
      <source>when made</source>
      <translation>wann gemacht</translation>
    </message>
    <message>
      <source>When the CRM's field is empty</source>
      <translation>Wenn das Feld im CRM leer ist</translation>
    </message>
    <message>
      <source>When the job starts</source>
      <translation>Wann der Job beginnt</translation>
    </message>
    <message>
      <source>When the key is rotated or deleted, this connection says sign-in needed; paste the new one. Queued work stays.</source>
      <translation>Wird der Schlüssel gewechselt oder gelöscht, sagt diese Verbindung Anmeldung nötig; fügen Sie den neuen ein. Eingereihtes bleibt.</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Wo</translation>
    </message>
    <message>
      <source>Where a value names nobody, or several, what you choose is remembered here.</source>
      <translation>Wo ein Wert niemanden oder mehrere nennt, wird hier gemerkt, was Sie wählen.</translation>
    </message>
    <message>
      <source>Where CRMs disagree</source>
      <translation>Wenn CRMs sich widersprechen</translation>
    </message>
    <message>
      <source>Where do you sign in?</source>
      <translation>Wo melden Sie sich an?</translation>
    </message>
    <message>
      <source>Where it stands</source>
      <translation>Wo sie steht</translation>
    </message>
    <message>
      <source>Where messages go</source>
      <translation>Wohin Nachrichten gehen</translation>
    </message>
    <message>
      <source>Where shall the two result files go?</source>
      <translation>Wohin sollen die beiden Ergebnisdateien?</translation>
    </message>
    <message>
      <source>Where the client is registered. The ending of your CRM's address tells: crm.zoho.eu is eu.</source>
      <translation>Wo der Client registriert ist. Die Endung der Adresse Ihres CRM verrät es: crm.zoho.eu ist eu.</translation>
    </message>
    <message>
      <source>Where you and the CRM changed the same value, it waits here for your word.</source>
      <translation>Wo Sie und das CRM denselben Wert geändert haben, wartet er hier auf Ihr Wort.</translation>
    </message>
    <message>
      <source>Whether anything moves by itself, such as the shimmer of a screen that loads.</source>
      <translation>Ob sich etwas von selbst bewegt, etwa das Schimmern einer ladenden Ansicht.</translation>
    </message>
    <message>
      <source>Whether it is on, its runs and its tasks stay with it.</source>
      <translation>Ob er eingeschaltet ist, seine Läufe und seine Aufgaben bleiben bei ihm.</translation>
    </message>
    <message>
      <source>Which accounts: a segment or a condition</source>
      <translation>Welche Accounts: ein Segment oder eine Bedingung</translation>
    </message>
    <message>
      <source>Which CRM?</source>
      <translation>Welches CRM?</translation>
    </message>
    <message>
      <source>Which header carries the secret below. Empty: X-Writeback-Token.</source>
      <translation>Welche Kopfzeile das Geheimnis unten trägt. Leer: X-Writeback-Token.</translation>
    </message>
    <message>
      <source>Which notices</source>
      <translation>Welche Meldungen</translation>
    </message>
    <message>
      <source>Which notices were read, by workspace.</source>
      <translation>Welche Meldungen gelesen wurden, je Arbeitsbereich.</translation>
    </message>
    <message>
      <source>Which plug-ins and workflows are passed over; Power Automate flows run all the same.</source>
      <translation>Welche Plug-ins und Workflows übergangen werden; Power-Automate-Flows laufen trotzdem.</translation>
    </message>
    <message>
      <source>which records</source>
      <translation>welche Datensätze</translation>
    </message>
    <message>
      <source>Which rows the trial sends</source>
      <translation>Welche Zeilen der Probelauf sendet</translation>
    </message>
    <message>
      <source>While this window or a worker runs. Pulling changes nothing in the CRM.</source>
      <translation>Solange dieses Fenster oder ein Worker läuft. Abrufen ändert nichts im CRM.</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Wer</translation>
    </message>
    <message>
      <source>who did what</source>
      <translation>wer was getan hat</translation>
    </message>
    <message>
      <source>Who has no user in a CRM is listed under People; choose one by hand with Enter.</source>
      <translation>Wer in einem CRM keinen Benutzer hat, steht unter Personen; mit Enter wählen Sie einen von Hand.</translation>
    </message>
    <message>
      <source>Who is in the segment when the play is switched on sets nothing off.</source>
      <translation>Wer beim Einschalten schon im Segment ist, löst nichts aus.</translation>
    </message>
    <message>
      <source>Who is this in the CRM…</source>
      <translation>Wer ist das im CRM…</translation>
    </message>
    <message>
      <source>Who is this…</source>
      <translation>Wer ist das…</translation>
    </message>
    <message>
      <source>Who is {person} in {connection}?</source>
      <translation>Wer ist {person} in {connection}?</translation>
    </message>
    <message>
      <source>Who looks after an account: one team member, written to each CRM as its own user.</source>
      <translation>Wer sich um einen Account kümmert: ein Teammitglied, das in jedem CRM als dessen eigener Benutzer geschrieben wird.</translation>
    </message>
    <message>
      <source>who may do what</source>
      <translation>wer was darf</translation>
    </message>
    <message>
      <source>Who may use the form</source>
      <translation>Wer das Formular verwenden darf</translation>
    </message>
    <message>
      <source>Who they could be</source>
      <translation>Wer sie sein könnten</translation>
    </message>
    <message>
      <source>Who they could be…</source>
      <translation>Wer sie sein könnten…</translation>
    </message>
    <message>
      <source>Who unmatched people could be…</source>
      <translation>Wer nicht Zugeordnete sein könnten…</translation>
    </message>
    <message>
      <source>Whoever has the fewest</source>
      <translation>Wer am wenigsten hat</translation>
    </message>
    <message>
      <source>whoever has the fewest</source>
      <translation>wer am wenigsten hat</translation>
    </message>
    <message>
      <source>Whoever has the permission level</source>
      <translation>Wer die Berechtigungsstufe hat</translation>
    </message>
    <message>
      <source>Whoever holds an account and is named stays. What changes hands waits as pending edits and goes through Review &amp; send.</source>
      <translation>Wer einen Account hat und genannt ist, behält ihn. Was wechselt, wartet als ausstehende Änderungen und geht durch Prüfen &amp; senden.</translation>
    </message>
    <message>
      <source>whole</source>
      <translation>ganz</translation>
    </message>
    <message>
      <source>Whole number</source>
      <translation>Ganze Zahl</translation>
    </message>
    <message>
      <source>Whole workspace</source>
      <translation>Ganzer Arbeitsbereich</translation>
    </message>
    <message>
      <source>whom another role names</source>
      <translation>wen eine andere Rolle nennt</translation>
    </message>
    <message>
      <source>Whom does {key} mean?</source>
      <translation>Wen meint {key}?</translation>
    </message>
    <message>
      <source>Whom to show</source>
      <translation>Wen anzeigen</translation>
    </message>
    <message>
      <source>whom {role} names</source>
      <translation>wen {role} nennt</translation>
    </message>
    <message>
      <source>Whose answer</source>
      <translation>Wessen Antwort</translation>
    </message>
    <message>
      <source>Whose value counts where CRMs disagree</source>
      <translation>Wessen Wert zählt, wenn CRMs sich widersprechen</translation>
    </message>
    <message>
      <source>Whose value the record holds</source>
      <translation>Wessen Wert der Datensatz enthält</translation>
    </message>
    <message>
      <source>Why</source>
      <translation>Warum</translation>
    </message>
    <message>
      <source>Why (kept with the decision)</source>
      <translation>Warum (wird mit der Entscheidung gespeichert)</translation>
    </message>
    <message>
      <source>Why it is left over</source>
      <translation>Warum sie übrig ist</translation>
    </message>
    <message>
      <source>will be unmapped</source>
      <translation>Zuordnung entfällt</translation>
    </message>
    <message>
      <source>Window</source>
      <translation>Fenster</translation>
    </message>
    <message>
      <source>Windows (Central Europe)</source>
      <translation>Windows (Mitteleuropa)</translation>
    </message>
    <message>
      <source>Windows (Cyrillic)</source>
      <translation>Windows (Kyrillisch)</translation>
    </message>
    <message>
      <source>Windows (Western Europe)</source>
      <translation>Windows (Westeuropa)</translation>
    </message>
    <message>
      <source>With a server-based client of your own: client ID and secret.</source>
      <translation>Mit einem eigenen serverbasierten Client: Client-ID und Geheimnis.</translation>
    </message>
    <message>
      <source>With an app of your own: client ID and secret.</source>
      <translation>Mit einer eigenen App: Client-ID und Geheimnis.</translation>
    </message>
    <message>
      <source>With an app or key of your own, other ways</source>
      <translation>Mit einer eigenen App oder einem eigenen Schlüssel, andere Wege</translation>
    </message>
    <message>
      <source>With an app registration of your own tenant; nothing of it is secret.</source>
      <translation>Mit einer App-Registrierung Ihres eigenen Mandanten; nichts davon ist geheim.</translation>
    </message>
    <message>
      <source>with an edit that waits</source>
      <translation>mit einer wartenden Änderung</translation>
    </message>
    <message>
      <source>With an External Client App of your own org: a public client with PKCE, which has no secret.</source>
      <translation>Mit einer External Client App Ihrer eigenen Org: ein öffentlicher Client mit PKCE, der kein Geheimnis hat.</translation>
    </message>
    <message>
      <source>With commas between them, in their order. </source>
      <translation>Mit Kommas dazwischen, in ihrer Reihenfolge. </translation>
    </message>
    <message>
      <source>With commas between them, in their order:</source>
      <translation>Mit Kommas dazwischen, in ihrer Reihenfolge:</translation>
    </message>
    <message>
      <source>With it wait: {fields}.</source>
      <translation>Mit ihm warten: {fields}.</translation>
    </message>
    <message>
      <source>Without a key</source>
      <translation>Ohne Schlüssel</translation>
    </message>
    <message>
      <source>Without spaces around it</source>
      <translation>Ohne Leerzeichen außen herum</translation>
    </message>
    <message>
      <source>Work</source>
      <translation>Arbeit</translation>
    </message>
    <message>
      <source>work items</source>
      <translation>Arbeitsaufgaben</translation>
    </message>
    <message>
      <source>workbook</source>
      <translation>Arbeitsmappe</translation>
    </message>
    <message>
      <source>Worker</source>
      <translation>Worker</translation>
    </message>
    <message>
      <source>worker off</source>
      <translation>Worker aus</translation>
    </message>
    <message>
      <source>worker on</source>
      <translation>Worker an</translation>
    </message>
    <message>
      <source>worker restarting</source>
      <translation>Worker startet neu</translation>
    </message>
    <message>
      <source>worker starting</source>
      <translation>Worker startet</translation>
    </message>
    <message>
      <source>Worker starts with the window</source>
      <translation>Worker startet mit dem Fenster</translation>
    </message>
    <message>
      <source>Workspace restricted</source>
      <translation>Arbeitsbereich eingeschränkt</translation>
    </message>
    <message>
      <source>Workspace trusted</source>
      <translation>Arbeitsbereich vertraut</translation>
    </message>
    <message>
      <source>Workspaces (*.writeback)</source>
      <translation>Arbeitsbereiche (*.writeback)</translation>
    </message>
    <message>
      <source>Workspaces (*.writeback);;All files (*)</source>
      <translation>Arbeitsbereiche (*.writeback);;Alle Dateien (*)</translation>
    </message>
    <message>
      <source>Would</source>
      <translation>Würde</translation>
    </message>
    <message>
      <source>Would be saved: {names}.</source>
      <translation>Würde gespeichert: {names}.</translation>
    </message>
    <message>
      <source>would change</source>
      <translation>würde geändert</translation>
    </message>
    <message>
      <source>Would change {touched} of {of} records</source>
      <translation>Würde {touched} von {of} Datensätzen ändern</translation>
    </message>
    <message>
      <source>writable</source>
      <translation>schreibbar</translation>
    </message>
    <message>
      <source>Write a note</source>
      <translation>Notiz schreiben</translation>
    </message>
    <message>
      <source>Write a note…</source>
      <translation>Notiz schreiben…</translation>
    </message>
    <message>
      <source>Write a number, with a point and no thousands marks.</source>
      <translation>Schreiben Sie eine Zahl, mit Punkt und ohne Tausenderzeichen.</translation>
    </message>
    <message>
      <source>Write as soon as something is saved?</source>
      <translation>Schreiben, sobald etwas gespeichert ist?</translation>
    </message>
    <message>
      <source>write in bulk</source>
      <translation>in Massen schreiben</translation>
    </message>
    <message>
      <source>Write it by hand</source>
      <translation>Von Hand schreiben</translation>
    </message>
    <message>
      <source>Write it in every row</source>
      <translation>In jeder Zeile schreiben</translation>
    </message>
    <message>
      <source>Write it to the others</source>
      <translation>In die anderen schreiben</translation>
    </message>
    <message>
      <source>Write on save</source>
      <translation>Beim Speichern schreiben</translation>
    </message>
    <message>
      <source>Write something first.</source>
      <translation>Schreiben Sie zuerst etwas.</translation>
    </message>
    <message>
      <source>Write this segment's attribute…</source>
      <translation>Attribut dieses Segments schreiben…</translation>
    </message>
    <message>
      <source>write to a CRM</source>
      <translation>in ein CRM schreiben</translation>
    </message>
    <message>
      <source>Write to {names}?</source>
      <translation>In {names} schreiben?</translation>
    </message>
    <message>
      <source>Write to {org}?</source>
      <translation>In {org} schreiben?</translation>
    </message>
    <message>
      <source>write what is here</source>
      <translation>schreiben, was hier steht</translation>
    </message>
    <message>
      <source>Write-back</source>
      <translation>Zurückschreiben</translation>
    </message>
    <message>
      <source>write-back switch</source>
      <translation>Schalter für das Zurückschreiben</translation>
    </message>
    <message>
      <source>Write-back to {where} in {place}</source>
      <translation>Zurückschreiben in {where} in {place}</translation>
    </message>
    <message>
      <source>writeback</source>
      <translation>Zurückschreiben</translation>
    </message>
    <message>
      <source>Writeback keeps the path of the file, never its content.</source>
      <translation>Writeback behält den Pfad der Datei, nie ihren Inhalt.</translation>
    </message>
    <message>
      <source>Writeback met a case that its catalogue does not explain.</source>
      <translation>Writeback ist auf einen Fall gestoßen, den sein Katalog nicht erklärt.</translation>
    </message>
    <message>
      <source>Writeback {version}</source>
      <translation>Writeback {version}</translation>
    </message>
    <message>
      <source>Writes to</source>
      <translation>Schreibt in</translation>
    </message>
    <message>
      <source>Writes to {names}. The values become pending edits; what writes on save is sent at once.</source>
      <translation>Schreibt in {names}. Die Werte werden ausstehende Änderungen; was beim Speichern schreibt, wird sofort gesendet.</translation>
    </message>
    <message>
      <source>Writing through it means</source>
      <translation>Schreiben durch die Referenz bedeutet</translation>
    </message>
    <message>
      <source>Written</source>
      <translation>Geschrieben</translation>
    </message>
    <message>
      <source>written</source>
      <translation>geschrieben</translation>
    </message>
    <message>
      <source>Written as {old}; automation in the CRM made this of it.</source>
      <translation>Als {old} geschrieben; Automatisierung im CRM machte dies daraus.</translation>
    </message>
    <message>
      <source>Written to no CRM: {names}. Switch write-back on under Objects &amp; mapping.</source>
      <translation>In kein CRM geschrieben: {names}. Schalten Sie das Zurückschreiben unter Objekte &amp; Zuordnung ein.</translation>
    </message>
    <message>
      <source>written, then changed by automation</source>
      <translation>geschrieben, dann von Automatisierung geändert</translation>
    </message>
    <message>
      <source>Written, then changed in the CRM at {at} UTC.</source>
      <translation>Geschrieben, dann am {at} UTC im CRM geändert.</translation>
    </message>
    <message>
      <source>Written, then changed in the CRM by {by} at {at} UTC.</source>
      <translation>Geschrieben, dann von {by} am {at} UTC im CRM geändert.</translation>
    </message>
    <message>
      <source>year first</source>
      <translation>Jahr zuerst</translation>
    </message>
    <message>
      <source>year first: 3 November is 2026-11-03</source>
      <translation>Jahr zuerst: 3. November ist 2026-11-03</translation>
    </message>
    <message>
      <source>years</source>
      <translation>Jahre</translation>
    </message>
    <message>
      <source>Yes</source>
      <translation>Ja</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>ja</translation>
    </message>
    <message>
      <source>Yes / no</source>
      <translation>Ja / nein</translation>
    </message>
    <message>
      <source>You are {author}: {mine}.</source>
      <translation>Sie sind {author}: {mine}.</translation>
    </message>
    <message>
      <source>You can read and edit it as it is. Trusted, its connections are used, its jobs are sent by the worker and its plugins run, all in your name. Trust it only when you know who made it and these addresses are yours.</source>
      <translation>Sie können ihn lesen und bearbeiten, wie er ist. Vertrauen Sie ihm, so werden seine Verbindungen verwendet, seine Jobs vom Worker gesendet und seine Plugins ausgeführt, alles in Ihrem Namen. Vertrauen Sie ihm nur, wenn Sie wissen, wer ihn gemacht hat, und diese Adressen Ihre sind.</translation>
    </message>
    <message>
      <source>You make a code in Zoho's API console and paste it here. Nothing has to be registered but the client itself.</source>
      <translation>Sie erstellen in der API-Konsole von Zoho einen Code und fügen ihn hier ein. Außer dem Client selbst muss nichts registriert werden.</translation>
    </message>
    <message>
      <source>You said that you do not trust it.</source>
      <translation>Sie haben gesagt, dass Sie ihm nicht vertrauen.</translation>
    </message>
    <message>
      <source>You trusted this very file.</source>
      <translation>Sie haben genau dieser Datei vertraut.</translation>
    </message>
    <message>
      <source>Your organisation's own number; blank: by edition and number of licences.</source>
      <translation>Die Zahl Ihrer Organisation selbst; leer: nach Edition und Zahl der Lizenzen.</translation>
    </message>
    <message>
      <source>Yours</source>
      <translation>Ihrer</translation>
    </message>
    <message>
      <source>yours, to review</source>
      <translation>Ihrer, zu prüfen</translation>
    </message>
    <message>
      <source>ZIP files (*.zip)</source>
      <translation>ZIP-Dateien (*.zip)</translation>
    </message>
    <message>
      <source>Zoho CRM</source>
      <translation>Zoho CRM</translation>
    </message>
    <message>
      <source>Zoho gives at most ten new tokens in ten minutes for one client; then wait ten minutes.</source>
      <translation>Zoho gibt für einen Client höchstens zehn neue Token in zehn Minuten; warten Sie dann zehn Minuten.</translation>
    </message>
    <message>
      <source>{again} changed in the CRM once more: look again.</source>
      <translation>{again} im CRM abermals geändert: sehen Sie erneut nach.</translation>
    </message>
    <message>
      <source>{apart} Set it right: until then nobody is called newer by the rule newest, and times that you see here are not the CRM's.</source>
      <translation>{apart} Stellen Sie sie richtig: bis dahin nennt die Regel „neuester“ niemanden neuer, und Zeiten, die Sie hier sehen, sind nicht die des CRM.</translation>
    </message>
    <message>
      <source>{api}, fits</source>
      <translation>{api}, passt</translation>
    </message>
    <message>
      <source>{api}; this Writeback speaks {least} to {most}</source>
      <translation>{api}; dieses Writeback spricht {least} bis {most}</translation>
    </message>
    <message>
      <source>{asked} under Conflicts.</source>
      <translation>{asked} unter Konflikte.</translation>
    </message>
    <message>
      <source>{attribute} added.</source>
      <translation>{attribute} hinzugefügt.</translation>
    </message>
    <message>
      <source>{attribute} becomes what {source} is</source>
      <translation>{attribute} wird, was {source} ist</translation>
    </message>
    <message>
      <source>{attribute} becomes {value}</source>
      <translation>{attribute} wird {value}</translation>
    </message>
    <message>
      <source>{attribute} cannot be deleted now</source>
      <translation>{attribute} kann jetzt nicht gelöscht werden</translation>
    </message>
    <message>
      <source>{attribute} deleted.</source>
      <translation>{attribute} gelöscht.</translation>
    </message>
    <message>
      <source>{attribute} in each CRM: {counted_targets}</source>
      <translation>{attribute} in jedem CRM: {counted_targets}</translation>
    </message>
    <message>
      <source>{attribute} is cleared</source>
      <translation>{attribute} wird geleert</translation>
    </message>
    <message>
      <source>{attribute} of {account}</source>
      <translation>{attribute} von {account}</translation>
    </message>
    <message>
      <source>{attribute} saved.</source>
      <translation>{attribute} gespeichert.</translation>
    </message>
    <message>
      <source>{attribute} → {where}</source>
      <translation>{attribute} → {where}</translation>
    </message>
    <message>
      <source>{attribute}: {old} → {new}</source>
      <translation>{attribute}: {old} → {new}</translation>
    </message>
    <message>
      <source>{attribute}: {who}</source>
      <translation>{attribute}: {who}</translation>
    </message>
    <message>
      <source>{at} by {name}</source>
      <translation>{at} von {name}</translation>
    </message>
    <message>
      <source>{at}: {state}</source>
      <translation>{at}: {state}</translation>
    </message>
    <message>
      <source>{author} asked for another person's word on this plan. It is approved or declined under Team &amp; permissions.</source>
      <translation>{author} hat um das Wort einer anderen Person zu diesem Plan gebeten. Er wird unter Team &amp; Rechte freigegeben oder abgelehnt.</translation>
    </message>
    <message>
      <source>{author}: {edits} in {records}, oldest {when}</source>
      <translation>{author}: {edits} · {records}, älteste {when}</translation>
    </message>
    <message>
      <source>{blank} blank</source>
      <translation>{blank} leer</translation>
    </message>
    <message>
      <source>{calls} API calls</source>
      <translation>{calls} API-Aufrufe</translation>
    </message>
    <message>
      <source>{call}: {seconds} s, memory {grew} MB of {all} MB</source>
      <translation>{call}: {seconds} s, Speicher {grew} MB von {all} MB</translation>
    </message>
    <message>
      <source>{changed} changed once more</source>
      <translation>{changed} abermals geändert</translation>
    </message>
    <message>
      <source>{channel}: a message could not be delivered.</source>
      <translation>{channel}: Eine Nachricht konnte nicht zugestellt werden.</translation>
    </message>
    <message>
      <source>{channel}: messages are delivered again.</source>
      <translation>{channel}: Nachrichten werden wieder zugestellt.</translation>
    </message>
    <message>
      <source>{column} is blank in all {rows} rows, and blank means clear</source>
      <translation>{column} ist in allen {rows} Zeilen leer, und leer heißt leeren</translation>
    </message>
    <message>
      <source>{conflicts} in conflict</source>
      <translation>{conflicts} im Konflikt</translation>
    </message>
    <message>
      <source>{connection} ({environment}) · {field}</source>
      <translation>{connection} ({environment}) · {field}</translation>
    </message>
    <message>
      <source>{connection} is signed in again.</source>
      <translation>{connection} ist wieder angemeldet.</translation>
    </message>
    <message>
      <source>{connection} · {objects}: oldest pull {when}</source>
      <translation>{connection} · {objects}: ältester Abruf {when}</translation>
    </message>
    <message>
      <source>{connection} · {object}: {when}</source>
      <translation>{connection} · {object}: {when}</translation>
    </message>
    <message>
      <source>{connection}: a scheduled pull failed.</source>
      <translation>{connection}: Ein geplanter Abruf ist fehlgeschlagen.</translation>
    </message>
    <message>
      <source>{connection}: fields or objects changed. What depends on them waits.</source>
      <translation>{connection}: Felder oder Objekte haben sich geändert. Was davon abhängt, wartet.</translation>
    </message>
    <message>
      <source>{connection}: its sign-in has ended. Its jobs wait for a new one.</source>
      <translation>{connection}: die Anmeldung ist zu Ende. Die Jobs warten auf eine neue.</translation>
    </message>
    <message>
      <source>{connection}: no changed field or object stops anything any more.</source>
      <translation>{connection}: kein geändertes Feld oder Objekt hält mehr etwas auf.</translation>
    </message>
    <message>
      <source>{connection}: the scheduled pull of {object} failed.</source>
      <translation>{connection}: Der geplante Abruf von {object} ist fehlgeschlagen.</translation>
    </message>
    <message>
      <source>{connection}: the scheduled pull succeeded again.</source>
      <translation>{connection}: Der geplante Abruf ist wieder gelungen.</translation>
    </message>
    <message>
      <source>{connection}: there are calls again today.</source>
      <translation>{connection}: heute gibt es wieder Aufrufe.</translation>
    </message>
    <message>
      <source>{connection}: {object} is up to date again.</source>
      <translation>{connection}: {object} ist wieder auf dem neuesten Stand.</translation>
    </message>
    <message>
      <source>{connection}: {percent} % of today's calls are used.</source>
      <translation>{connection}: {percent} % der heutigen Aufrufe sind verbraucht.</translation>
    </message>
    <message>
      <source>{connection}: {quota}</source>
      <translation>{connection}: {quota}</translation>
    </message>
    <message numerus="yes">
      <source>{converts} of %n values convert.</source>
      <translation>
        <numerusform>{converts} von %n Wert lässt sich umwandeln.</numerusform>
        <numerusform>{converts} von %n Werten lassen sich umwandeln.</numerusform>
      </translation>
    </message>
    <message>
      <source>{count} are not in this CRM</source>
      <translation>{count} sind nicht in diesem CRM</translation>
    </message>
    <message>
      <source>{count} are so already</source>
      <translation>{count} sind schon so</translation>
    </message>
    <message>
      <source>{count} hold nothing here and stay as they are</source>
      <translation>{count} sind hier leer und bleiben, wie sie sind</translation>
    </message>
    <message>
      <source>{count} ms</source>
      <translation>{count} ms</translation>
    </message>
    <message>
      <source>{count} not written</source>
      <translation>{count} nicht geschrieben</translation>
    </message>
    <message>
      <source>{count} of {all} backups are damaged; the others can be restored.</source>
      <translation>{count} von {all} Sicherungen sind beschädigt; die anderen können wiederhergestellt werden.</translation>
    </message>
    <message>
      <source>{count} wait with an edit</source>
      <translation>{count} warten mit einer Änderung</translation>
    </message>
    <message>
      <source>{crm} itself refuses a second record with the same {field}: none is made twice, and one that is there by then is left as it is.</source>
      <translation>{crm} selbst weist einen zweiten Datensatz mit gleichem {field} ab: Keiner wird doppelt angelegt, und einer, den es bis dahin gibt, bleibt, wie er ist.</translation>
    </message>
    <message>
      <source>{crm} was not read since the mapping changed. A pull takes over what it holds; where a review finds another value there, that is a conflict for you to decide.</source>
      <translation>{crm} wurde nicht gelesen, seit sich die Zuordnung geändert hat. Ein Abruf übernimmt, was dort steht; findet die Prüfung dort einen anderen Wert, ist das ein Konflikt, über den Sie entscheiden.</translation>
    </message>
    <message>
      <source>{days}, {span}: no pulls</source>
      <translation>{days}, {span}: kein Abruf</translation>
    </message>
    <message>
      <source>{days}, {span}: no pulls, no sending</source>
      <translation>{days}, {span}: kein Abruf, kein Senden</translation>
    </message>
    <message>
      <source>{distinct} different</source>
      <translation>{distinct} verschiedene</translation>
    </message>
    <message numerus="yes">
      <source>{done} %n were refused; each says why.</source>
      <translation>
        <numerusform>{done} %n wurde abgelehnt; er sagt, warum.</numerusform>
        <numerusform>{done} %n wurden abgelehnt; jeder sagt, warum.</numerusform>
      </translation>
    </message>
    <message>
      <source>{done} of {rows} rows done</source>
      <translation>{done} von {rows} Zeilen fertig</translation>
    </message>
    <message>
      <source>{entries} entries · head {head}</source>
      <translation>{entries} Einträge · Kopf {head}</translation>
    </message>
    <message>
      <source>{field} in every row</source>
      <translation>{field} in jeder Zeile</translation>
    </message>
    <message>
      <source>{field} is read-only for this user.</source>
      <translation>{field} ist für diesen Benutzer nur lesbar.</translation>
    </message>
    <message>
      <source>{field} {comparison} {value}</source>
      <translation>{field} {comparison} {value}</translation>
    </message>
    <message>
      <source>{field} – read-only</source>
      <translation>{field} – nur lesbar</translation>
    </message>
    <message>
      <source>{field}, blanks clear it</source>
      <translation>{field}, leere Zellen leeren es</translation>
    </message>
    <message>
      <source>{field}, finds the record</source>
      <translation>{field}, findet den Datensatz</translation>
    </message>
    <message>
      <source>{field}, shaped by {transforms}</source>
      <translation>{field}, geformt durch {transforms}</translation>
    </message>
    <message numerus="yes">
      <source>{file} is taken back: %n answers are forgotten.</source>
      <translation>
        <numerusform>{file} ist zurückgenommen: %n Antwort ist vergessen.</numerusform>
        <numerusform>{file} ist zurückgenommen: %n Antworten sind vergessen.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{file} · {responses} of %n rows · {at} by {name}</source>
      <translation>
        <numerusform>{file} · {responses} von %n Zeile · {at} von {name}</numerusform>
        <numerusform>{file} · {responses} von %n Zeilen · {at} von {name}</numerusform>
      </translation>
    </message>
    <message>
      <source>{filled} filled</source>
      <translation>{filled} ausgefüllt</translation>
    </message>
    <message>
      <source>{first}–{last} {unit} left</source>
      <translation>noch {first}–{last} {unit}</translation>
    </message>
    <message>
      <source>{gone} shows no such record any more: deleted, merged, or hidden from you.</source>
      <translation>{gone} zeigt keinen solchen Datensatz mehr: gelöscht, zusammengeführt oder vor Ihnen verborgen.</translation>
    </message>
    <message>
      <source>{good} of {all} plugins can be used; not these: {names}. The rest works.</source>
      <translation>{good} von {all} Plugins sind verwendbar; nicht diese: {names}. Alles andere arbeitet.</translation>
    </message>
    <message>
      <source>{held} blocked: cannot be read</source>
      <translation>{held} blockiert: nicht lesbar</translation>
    </message>
    <message>
      <source>{here} → {file}</source>
      <translation>{here} → {file}</translation>
    </message>
    <message>
      <source>{hours} h {minutes} min</source>
      <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
      <source>{how} · signed in {when}</source>
      <translation>{how} · angemeldet {when}</translation>
    </message>
    <message>
      <source>{jobs} with {rows}</source>
      <translation>{jobs} mit {rows}</translation>
    </message>
    <message numerus="yes">
      <source>{job} failed: none of its %n rows was written.</source>
      <translation>
        <numerusform>{job} ist fehlgeschlagen: seine %n Zeile wurde nicht geschrieben.</numerusform>
        <numerusform>{job} ist fehlgeschlagen: keine der %n Zeilen wurde geschrieben.</numerusform>
      </translation>
    </message>
    <message>
      <source>{job} goes on.</source>
      <translation>{job} geht weiter.</translation>
    </message>
    <message>
      <source>{job} is done; {count} of its {rows} rows were not written.</source>
      <translation>{job} ist fertig; {count} der {rows} Zeilen wurden nicht geschrieben.</translation>
    </message>
    <message>
      <source>{job} is over; of {unknown} of its {rows} rows nobody knows whether they were written.</source>
      <translation>{job} ist zu Ende; von {unknown} der {rows} Zeilen weiß niemand, ob sie geschrieben wurden.</translation>
    </message>
    <message>
      <source>{job} is over; {count} of its {rows} rows were not written, and of {unknown} nobody knows.</source>
      <translation>{job} ist zu Ende; {count} der {rows} Zeilen wurden nicht geschrieben, und von {unknown} weiß es niemand.</translation>
    </message>
    <message>
      <source>{job} needs you: somebody has to say what becomes of some rows.</source>
      <translation>{job} braucht Sie: jemand muss sagen, was aus einigen Zeilen wird.</translation>
    </message>
    <message>
      <source>{job} stopped. Nothing more is sent until somebody resumes it.</source>
      <translation>{job} wurde gestoppt. Nichts mehr wird gesendet, bis jemand fortsetzt.</translation>
    </message>
    <message>
      <source>{kept} (default)</source>
      <translation>{kept} (Standardwert)</translation>
    </message>
    <message>
      <source>{key} belongs to tables and fields.</source>
      <translation>{key} gehört zu Tabellen und Feldern.</translation>
    </message>
    <message>
      <source>{key} belongs to “{action}”.</source>
      <translation>{key} gehört zu „{action}“.</translation>
    </message>
    <message>
      <source>{kind}: {title}</source>
      <translation>{kind}: {title}</translation>
    </message>
    <message>
      <source>{kind}: {title} · {where}</source>
      <translation>{kind}: {title} · {where}</translation>
    </message>
    <message>
      <source>{kind}: {used} of {most}</source>
      <translation>{kind}: {used} von {most}</translation>
    </message>
    <message>
      <source>{level}: {means}</source>
      <translation>{level}: {means}</translation>
    </message>
    <message>
      <source> {lost} become empty here until the next pull, such as: {some}.</source>
      <translation> {lost} werden hier bis zum nächsten Abruf leer, etwa: {some}.</translation>
    </message>
    <message>
      <source>{marks} for {targets} CRMs</source>
      <translation>{marks} für {targets} CRMs</translation>
    </message>
    <message numerus="yes">
      <source>{matched} of %n rows matched ({share})</source>
      <translation>
        <numerusform>{matched} von %n Zeile zugeordnet ({share})</numerusform>
        <numerusform>{matched} von %n Zeilen zugeordnet ({share})</numerusform>
      </translation>
    </message>
    <message>
      <source>{minutes} min {seconds} s</source>
      <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
      <source>{names} no longer shows this record: it was deleted there, or merged into another one, which the CRM does not name. What was read of it stays here.</source>
      <translation>{names} zeigt diesen Datensatz nicht mehr: er wurde dort gelöscht oder mit einem anderen zusammengeführt, den das CRM nicht nennt. Was davon gelesen wurde, bleibt hier.</translation>
    </message>
    <message>
      <source>{name} (by {owner})</source>
      <translation>{name} (von {owner})</translation>
    </message>
    <message>
      <source>{name} (copy)</source>
      <translation>{name} (Kopie)</translation>
    </message>
    <message>
      <source>{name} (gone)</source>
      <translation>{name} (nicht mehr da)</translation>
    </message>
    <message>
      <source>{name} (inactive)</source>
      <translation>{name} (inaktiv)</translation>
    </message>
    <message>
      <source>{name} (left)</source>
      <translation>{name} (nicht mehr da)</translation>
    </message>
    <message>
      <source>{name} (private)</source>
      <translation>{name} (privat)</translation>
    </message>
    <message>
      <source>{name} (required)</source>
      <translation>{name} (Pflicht)</translation>
    </message>
    <message>
      <source>{name} ({environment_word})</source>
      <translation>{name} ({environment_word})</translation>
    </message>
    <message>
      <source>{name} ({environment})</source>
      <translation>{name} ({environment})</translation>
    </message>
    <message>
      <source>{name} could not be asked: {happened} These edits were judged against what was last read. They wait, and are compared with the CRM before anything is written.</source>
      <translation>{name} konnte nicht gefragt werden: {happened} Diese Änderungen wurden an dem gemessen, was zuletzt gelesen wurde. Sie warten und werden mit dem CRM verglichen, bevor etwas geschrieben wird.</translation>
    </message>
    <message>
      <source>{name} did not answer</source>
      <translation>{name} hat nicht geantwortet</translation>
    </message>
    <message>
      <source>{name} has no permission level any more.</source>
      <translation>{name} hat keine Berechtigungsstufe mehr.</translation>
    </message>
    <message>
      <source>{name} is back.</source>
      <translation>{name} ist wieder da.</translation>
    </message>
    <message>
      <source>{name} is deleted. What its runs did stays.</source>
      <translation>{name} ist gelöscht. Was seine Läufe taten, bleibt.</translation>
    </message>
    <message>
      <source>{name} is disconnected.</source>
      <translation>{name} ist getrennt.</translation>
    </message>
    <message>
      <source>{name} is not where it was.</source>
      <translation>{name} ist nicht, wo sie war.</translation>
    </message>
    <message>
      <source>{name} is on.</source>
      <translation>{name} ist eingeschaltet.</translation>
    </message>
    <message>
      <source>{name} is saved, and off.</source>
      <translation>{name} ist gespeichert und aus.</translation>
    </message>
    <message>
      <source>{name} is {value}</source>
      <translation>{name} ist {value}</translation>
    </message>
    <message>
      <source>{name} of the file is here</source>
      <translation>{name} der Datei ist hier</translation>
    </message>
    <message>
      <source>{name} rests.</source>
      <translation>{name} ruht.</translation>
    </message>
    <message>
      <source>{name} stays off.</source>
      <translation>{name} bleibt aus.</translation>
    </message>
    <message>
      <source>{name} {text}</source>
      <translation>{name} {text}</translation>
    </message>
    <message>
      <source>{name} · {id}</source>
      <translation>{name} · {id}</translation>
    </message>
    <message>
      <source>{name} · {kind} · {connection} · {object} · {columns} · by {author} · {route}</source>
      <translation>{name} · {kind} · {connection} · {object} · {columns} · von {author} · {route}</translation>
    </message>
    <message>
      <source>{name}, unless it is empty</source>
      <translation>{name}, außer wenn es leer ist</translation>
    </message>
    <message>
      <source>{name}: API calls today {share} %</source>
      <translation>{name}: API-Aufrufe heute {share} %</translation>
    </message>
    <message>
      <source>{name}: asked to wait until {when}</source>
      <translation>{name}: gebeten, bis {when} zu warten</translation>
    </message>
    <message>
      <source>{name}: its plugin cannot be used</source>
      <translation>{name}: sein Plugin kann nicht verwendet werden</translation>
    </message>
    <message>
      <source>{name}: not there for this user</source>
      <translation>{name}: für diesen Benutzer nicht vorhanden</translation>
    </message>
    <message>
      <source>{name}: sign-in needed</source>
      <translation>{name}: Anmeldung nötig</translation>
    </message>
    <message>
      <source>{name}: the scheduled pull of {object} failed</source>
      <translation>{name}: der geplante Abruf von {object} ist fehlgeschlagen</translation>
    </message>
    <message>
      <source>{name}: the schema of {objects} drifted</source>
      <translation>{name}: das Schema von {objects} hat sich geändert</translation>
    </message>
    <message>
      <source>{name}: {clock}</source>
      <translation>{name}: {clock}</translation>
    </message>
    <message>
      <source>{name}: {send} would be written, {same} are so already, {conflict} are in conflict, {blocked} are refused.</source>
      <translation>{name}: {send} würden geschrieben, {same} sind schon so, {conflict} stehen in Konflikt, {blocked} werden abgelehnt.</translation>
    </message>
    <message>
      <source>{new} of the CRM's values have no meaning yet: see below what becomes of them.</source>
      <translation>{new} der Werte des CRM haben noch keine Bedeutung: siehe unten, was aus ihnen wird.</translation>
    </message>
    <message>
      <source>{nobody} To give people levels, begin with yourself.</source>
      <translation>{nobody} Um Personen Stufen zu geben, beginnen Sie mit sich selbst.</translation>
    </message>
    <message>
      <source>{note} – {author}</source>
      <translation>{note} – {author}</translation>
    </message>
    <message>
      <source>{number} ({share})</source>
      <translation>{number} ({share})</translation>
    </message>
    <message>
      <source>{number} people in a role are</source>
      <translation>{number} Personen in einer Rolle sind</translation>
    </message>
    <message>
      <source>{number} {step}</source>
      <translation>{number} {step}</translation>
    </message>
    <message>
      <source>{object} in {connection}</source>
      <translation>{object} in {connection}</translation>
    </message>
    <message>
      <source>{on} of {targets}</source>
      <translation>{on} von {targets}</translation>
    </message>
    <message>
      <source>{option} (inactive)</source>
      <translation>{option} (inaktiv)</translation>
    </message>
    <message>
      <source>{others} of {targets} differ</source>
      <translation>{others} von {targets} weichen ab</translation>
    </message>
    <message>
      <source>{package} {version}, by {publisher}.</source>
      <translation>{package} {version}, von {publisher}.</translation>
    </message>
    <message>
      <source>{parts} to import; {same} the same already. What is only here stays. A copy of the workspace is made first.</source>
      <translation>{parts} zu übernehmen; {same} schon gleich. Was nur hier ist, bleibt. Zuerst wird eine Kopie des Arbeitsbereichs gemacht.</translation>
    </message>
    <message>
      <source>{person} in {connection}: {user} ({mail}) · {reason}, {sure} %</source>
      <translation>{person} in {connection}: {user} ({mail}) · {reason}, {sure} %</translation>
    </message>
    <message>
      <source>{person} is matched.</source>
      <translation>{person} ist zugeordnet.</translation>
    </message>
    <message>
      <source>{place} Last sent {when}: {answer}</source>
      <translation>{place} Zuletzt gesendet {when}: {answer}</translation>
    </message>
    <message>
      <source>{place} Last tried {when}: {answer}</source>
      <translation>{place} Zuletzt versucht {when}: {answer}</translation>
    </message>
    <message>
      <source>{place} Nobody allowed this host yet.</source>
      <translation>{place} Niemand hat diesen Host bisher erlaubt.</translation>
    </message>
    <message>
      <source>{place} Nothing was sent yet.</source>
      <translation>{place} Noch nichts wurde gesendet.</translation>
    </message>
    <message>
      <source>{place}. {step}</source>
      <translation>{place}. {step}</translation>
    </message>
    <message>
      <source>{play} can run again.</source>
      <translation>{play} kann wieder laufen.</translation>
    </message>
    <message>
      <source>{play} cannot run now.</source>
      <translation>{play} kann jetzt nicht laufen.</translation>
    </message>
    <message>
      <source>{play} cannot run now. {why}</source>
      <translation>{play} kann jetzt nicht laufen. {why}</translation>
    </message>
    <message>
      <source>{play} then writes to {name} ({environment_word}) by itself, without Review &amp; send.</source>
      <translation>{play} schreibt dann von selbst in {name} ({environment_word}), ohne Prüfen &amp; senden.</translation>
    </message>
    <message>
      <source>{play} was switched off: plays set one another off. It rests until somebody switches it on.</source>
      <translation>{play} wurde ausgeschaltet: SuccessPlays lösen einander aus. Er ruht, bis ihn jemand einschaltet.</translation>
    </message>
    <message numerus="yes">
      <source>{play}: a run that would change %n records is held until somebody has looked.</source>
      <translation>
        <numerusform>{play}: Ein Lauf, der %n Datensatz ändern würde, wird aufgehalten, bis jemand nachgesehen hat.</numerusform>
        <numerusform>{play}: Ein Lauf, der %n Datensätze ändern würde, wird aufgehalten, bis jemand nachgesehen hat.</numerusform>
      </translation>
    </message>
    <message>
      <source>{play}: it is stopped no more.</source>
      <translation>{play} ist nicht mehr angehalten.</translation>
    </message>
    <message>
      <source>{play}: run {number}, {state}</source>
      <translation>{play}: Lauf {number}, {state}</translation>
    </message>
    <message>
      <source>{play}: somebody decided about the run that was held.</source>
      <translation>{play}: Über den aufgehaltenen Lauf wurde entschieden.</translation>
    </message>
    <message>
      <source>{plugin} is off. What it does now it does to its end.</source>
      <translation>{plugin} ist aus. Was es gerade tut, führt es zu Ende.</translation>
    </message>
    <message>
      <source>{plugin} is removed.</source>
      <translation>{plugin} ist entfernt.</translation>
    </message>
    <message>
      <source>{plugin} may run.</source>
      <translation>{plugin} darf laufen.</translation>
    </message>
    <message>
      <source>{plugin}: not allowed</source>
      <translation>{plugin}: nicht erlaubt</translation>
    </message>
    <message>
      <source>{plugin}: not installed</source>
      <translation>{plugin}: nicht installiert</translation>
    </message>
    <message>
      <source>{plugin}: you allowed it</source>
      <translation>{plugin}: von Ihnen erlaubt</translation>
    </message>
    <message>
      <source>{product}, simulator on this computer</source>
      <translation>{product}, Simulator auf diesem Computer</translation>
    </message>
    <message>
      <source>{question} (optional)</source>
      <translation>{question} (optional)</translation>
    </message>
    <message>
      <source>{question}: a host name alone is needed, without https://.</source>
      <translation>{question}: nur ein Hostname ist nötig, ohne https://.</translation>
    </message>
    <message>
      <source>{question}: a whole number is needed.</source>
      <translation>{question}: eine ganze Zahl ist nötig.</translation>
    </message>
    <message>
      <source>{question}: an address that begins with https:// is needed.</source>
      <translation>{question}: eine Adresse, die mit https:// beginnt, ist nötig.</translation>
    </message>
    <message>
      <source>{question}: an answer is needed.</source>
      <translation>{question}: eine Antwort ist nötig.</translation>
    </message>
    <message>
      <source>{question}: it should look like {example}.</source>
      <translation>{question}: es sollte aussehen wie {example}.</translation>
    </message>
    <message>
      <source>{quota}: {share} %</source>
      <translation>{quota}: {share} %</translation>
    </message>
    <message>
      <source>{quota}: {used} used today, {left} left for jobs ({reserve} % kept for people).</source>
      <translation>{quota}: heute {used} verbraucht, {left} für Jobs übrig ({reserve} % bleiben für Personen).</translation>
    </message>
    <message>
      <source>{rate} a second</source>
      <translation>{rate} je Sekunde</translation>
    </message>
    <message>
      <source>{read} read · {added} new · {changed} changed · {gone} gone · {conflicts} in conflict</source>
      <translation>{read} gelesen · {added} neu · {changed} geändert · {gone} gelöscht · {conflicts} im Konflikt</translation>
    </message>
    <message>
      <source>{refused} refused</source>
      <translation>{refused} abgelehnt</translation>
    </message>
    <message>
      <source>{route}, {checks}</source>
      <translation>{route}, {checks}</translation>
    </message>
    <message>
      <source>{route}: {check}</source>
      <translation>{route}: {check}</translation>
    </message>
    <message>
      <source>{rows} were sent without an answer at {time}</source>
      <translation>{rows} wurden um {time} ohne Antwort gesendet</translation>
    </message>
    <message>
      <source>{rows} written to {path}.</source>
      <translation>{rows} nach {path} geschrieben.</translation>
    </message>
    <message>
      <source>{rule} of {names}</source>
      <translation>{rule} von {names}</translation>
    </message>
    <message>
      <source>{same} already so</source>
      <translation>{same} bereits so</translation>
    </message>
    <message>
      <source>{same} are so already, {skipped} are left alone, {blocked} cannot be changed.</source>
      <translation>{same} sind schon so, {skipped} bleiben unberührt, {blocked} sind nicht änderbar.</translation>
    </message>
    <message>
      <source>{samples} can be read in two ways: say how days are written.</source>
      <translation>{samples} lässt sich auf zwei Arten lesen: sagen Sie, wie Tage geschrieben sind.</translation>
    </message>
    <message>
      <source>{score} of {most} · {side}</source>
      <translation>{score} von {most} · {side}</translation>
    </message>
    <message>
      <source>{seconds} s</source>
      <translation>{seconds} s</translation>
    </message>
    <message>
      <source>{secret}: read from this file</source>
      <translation>{secret}: aus dieser Datei gelesen</translation>
    </message>
    <message numerus="yes">
      <source>{sends} of {sum} CRM records will be sent; %n blocked or in conflict stay here with all their edits.</source>
      <translation>
        <numerusform>{sends} von {sum} CRM-Datensätzen werden gesendet; %n, der blockiert ist oder einen Konflikt hat, bleibt mit allen seinen Änderungen hier.</numerusform>
        <numerusform>{sends} von {sum} CRM-Datensätzen werden gesendet; %n, die blockiert sind oder Konflikte haben, bleiben mit allen ihren Änderungen hier.</numerusform>
      </translation>
    </message>
    <message>
      <source>{sent}; read back at {time}.</source>
      <translation>{sent}; nachgelesen um {time}.</translation>
    </message>
    <message>
      <source>{shared}{held}read {at} · {rid}</source>
      <translation>{shared}{held}gelesen {at} · {rid}</translation>
    </message>
    <message>
      <source>{share} %</source>
      <translation>{share} %</translation>
    </message>
    <message>
      <source>{share} % of the day's quota</source>
      <translation>{share} % des Tageskontingents</translation>
    </message>
    <message>
      <source>{share} of a day's quota</source>
      <translation>{share} eines Tageskontingents</translation>
    </message>
    <message>
      <source>{shown}
… {what} more characters</source>
      <translation>{shown}
… {what} weitere Zeichen</translation>
    </message>
    <message>
      <source>{shown} match</source>
      <translation>{shown} passen</translation>
    </message>
    <message>
      <source>{size} MB</source>
      <translation>{size} MB</translation>
    </message>
    <message>
      <source>{some} unmatched in a CRM that takes it, and not written there.</source>
      <translation>{some} in einem CRM, das die Rolle aufnimmt, niemandem zugeordnet und wird dort nicht geschrieben.</translation>
    </message>
    <message>
      <source>{sources} not described by the CRM yet, such as {source_words}: whether your user may write there is not known.</source>
      <translation>{sources} vom CRM noch nicht beschrieben, etwa {source_words}: ob Ihr Benutzer dort schreiben darf, ist nicht bekannt.</translation>
    </message>
    <message>
      <source>{starts} to {ends}</source>
      <translation>{starts} bis {ends}</translation>
    </message>
    <message numerus="yes">
      <source>{survey} {score} ± {margin} · %n answers</source>
      <translation>
        <numerusform>{survey} {score} ± {margin} · %n Antwort</numerusform>
        <numerusform>{survey} {score} ± {margin} · %n Antworten</numerusform>
      </translation>
    </message>
    <message>
      <source>{survey} {score} · one answer</source>
      <translation>{survey} {score} · eine Antwort</translation>
    </message>
    <message>
      <source>{tab} – {workspace} – Writeback</source>
      <translation>{tab} – {workspace} – Writeback</translation>
    </message>
    <message>
      <source>{task} for {who}</source>
      <translation>{task} für {who}</translation>
    </message>
    <message>
      <source>{text} is no day like 2026-12-31.</source>
      <translation>{text} ist kein Tag wie 2026-12-31.</translation>
    </message>
    <message>
      <source>{time} after the step before</source>
      <translation>{time} nach dem Schritt davor</translation>
    </message>
    <message>
      <source>{title} ({count})</source>
      <translation>{title} ({count})</translation>
    </message>
    <message>
      <source>{title} of {record}</source>
      <translation>{title} von {record}</translation>
    </message>
    <message>
      <source>{title} was refused</source>
      <translation>{title} wurde abgelehnt</translation>
    </message>
    <message numerus="yes">
      <source>{title} → {field}: %n records differ</source>
      <translation>
        <numerusform>{title} → {field}: %n Datensatz weicht ab</numerusform>
        <numerusform>{title} → {field}: %n Datensätze weichen ab</numerusform>
      </translation>
    </message>
    <message>
      <source>{title}: back to the default</source>
      <translation>{title}: auf Standard zurücksetzen</translation>
    </message>
    <message>
      <source>{title}: for how long</source>
      <translation>{title}: wie lange</translation>
    </message>
    <message>
      <source>{title}: take over what holds without it</source>
      <translation>{title}: übernehmen, was ohne sie gilt</translation>
    </message>
    <message>
      <source>{told} Nothing stops for it.</source>
      <translation>{told} Nichts ruht deswegen.</translation>
    </message>
    <message numerus="yes">
      <source>{told} Sending of %n mappings stops until it is settled.</source>
      <translation>
        <numerusform>{told} Das Senden von %n Zuordnung ruht, bis darüber entschieden ist.</numerusform>
        <numerusform>{told} Das Senden von %n Zuordnungen ruht, bis darüber entschieden ist.</numerusform>
      </translation>
    </message>
    <message>
      <source>{told} · {share} %</source>
      <translation>{told} · {share} %</translation>
    </message>
    <message>
      <source>{used} of {most}</source>
      <translation>{used} von {most}</translation>
    </message>
    <message>
      <source>{used} of {most} used</source>
      <translation>{used} von {most} verbraucht</translation>
    </message>
    <message>
      <source>{used} of {most} used ({share} %)</source>
      <translation>{used} von {most} verbraucht ({share} %)</translation>
    </message>
    <message>
      <source>{value} (chosen)</source>
      <translation>{value} (gewählt)</translation>
    </message>
    <message numerus="yes">
      <source> {value} alone stands in %n records here.</source>
      <translation>
        <numerusform> {value} allein steht hier in %n Datensatz.</numerusform>
        <numerusform> {value} allein steht hier in %n Datensätzen.</numerusform>
      </translation>
    </message>
    <message>
      <source>{value} is added to {attribute}</source>
      <translation>{value} wird zu {attribute} hinzugefügt</translation>
    </message>
    <message>
      <source>{value} is taken from {attribute}</source>
      <translation>{value} wird aus {attribute} genommen</translation>
    </message>
    <message>
      <source>{value} {unit}</source>
      <translation>{value} {unit}</translation>
    </message>
    <message>
      <source>{waiting} for a person. Nothing is sent from here.</source>
      <translation>{waiting} auf eine Person. Von hier wird nichts gesendet.</translation>
    </message>
    <message>
      <source>{waits} for another person's approval.</source>
      <translation>{waits} auf die Freigabe einer anderen Person.</translation>
    </message>
    <message>
      <source>{what} (not in the list)</source>
      <translation>{what} (nicht in der Liste)</translation>
    </message>
    <message>
      <source>{what} changed in the CRM since {object} was mapped.</source>
      <translation>{what} sich im CRM geändert, seit {object} zugeordnet wurde.</translation>
    </message>
    <message>
      <source>{what}. The next pull reads everything.</source>
      <translation>{what}. Der nächste Abruf liest alles.</translation>
    </message>
    <message>
      <source>{when} ({zone})</source>
      <translation>{when} ({zone})</translation>
    </message>
    <message>
      <source>{when}: {what}</source>
      <translation>{when}: {what}</translation>
    </message>
    <message>
      <source>{words} The CRMs keep their values; the next pull reads everything.</source>
      <translation>{words} Die CRMs behalten ihre Werte; der nächste Abruf liest alles.</translation>
    </message>
    <message>
      <source>{workspace} restored</source>
      <translation>{workspace} wiederhergestellt</translation>
    </message>
    <message numerus="yes">
      <source>{writable} of %n may be updated</source>
      <translation>
        <numerusform>{writable} von %n darf geändert werden</numerusform>
        <numerusform>{writable} von %n dürfen geändert werden</numerusform>
      </translation>
    </message>
    <message>
      <source>{written} of {targets} written</source>
      <translation>{written} von {targets} geschrieben</translation>
    </message>
    <message>
      <source>{written} rows are in {file}, {others} in {other}.</source>
      <translation>{written} Zeilen stehen in {file}, {others} in {other}.</translation>
    </message>
    <message>
      <source> · changed</source>
      <translation> · geändert</translation>
    </message>
    <message>
      <source> · decided by {decided_by}</source>
      <translation> · entschieden von {decided_by}</translation>
    </message>
    <message>
      <source> · job {entry}</source>
      <translation> · Job {entry}</translation>
    </message>
    <message>
      <source>… counted from so many records on</source>
      <translation>… gezählt ab so vielen Datensätzen</translation>
    </message>
    <message>
      <source>… within</source>
      <translation>… innerhalb von</translation>
    </message>
  </context>
</TS>
