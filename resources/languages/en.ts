<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en" language="en">
  <context>
    <name>writeback</name>
    <message numerus="yes">
      <source>%n accounts</source>
      <translation>
        <numerusform>%n account</numerusform>
        <numerusform>%n accounts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n accounts: {given} change hands, {same} stay, {waits} wait with an edit.</source>
      <translation>
        <numerusform>%n account: {given} change hands, {same} stay, {waits} wait with an edit.</numerusform>
        <numerusform>%n accounts: {given} change hands, {same} stay, {waits} wait with an edit.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n backups are damaged; the table says how.</source>
      <translation>
        <numerusform>%n backup is damaged; the table says how.</numerusform>
        <numerusform>%n backups are damaged; the table says how.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n batches are still to be read</source>
      <translation>
        <numerusform>%n batch is still to be read</numerusform>
        <numerusform>%n batches are still to be read</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n blank cells leave what is there; Delete clears.</source>
      <translation>
        <numerusform>%n blank cell leaves what is there; Delete clears.</numerusform>
        <numerusform>%n blank cells leave what is there; Delete clears.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n calls</source>
      <translation>
        <numerusform>%n call</numerusform>
        <numerusform>%n calls</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n candidates</source>
      <translation>
        <numerusform>%n candidate</numerusform>
        <numerusform>%n candidates</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells are locked and were left out: {columns}.</source>
      <translation>
        <numerusform>%n cell is locked and was left out: {columns}.</numerusform>
        <numerusform>%n cells are locked and were left out: {columns}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells cannot be read. They stay outlined, with the reason; F7 finds them.</source>
      <translation>
        <numerusform>%n cell cannot be read. It stays outlined, with the reason; F7 finds it.</numerusform>
        <numerusform>%n cells cannot be read. They stay outlined, with the reason; F7 finds them.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells cleared.</source>
      <translation>
        <numerusform>%n cell cleared.</numerusform>
        <numerusform>%n cells cleared.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells filled.</source>
      <translation>
        <numerusform>%n cell filled.</numerusform>
        <numerusform>%n cells filled.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n cells pasted.</source>
      <translation>
        <numerusform>%n cell pasted.</numerusform>
        <numerusform>%n cells pasted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n changes are left.</source>
      <translation>
        <numerusform> %n change is left.</numerusform>
        <numerusform> %n changes are left.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n chosen fields</source>
      <translation>
        <numerusform>%n chosen field</numerusform>
        <numerusform>%n chosen fields</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n chosen rows, with all their fields</source>
      <translation>
        <numerusform>%n chosen row, with all its fields</numerusform>
        <numerusform>%n chosen rows, with all their fields</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n columns are beyond the last one and were left out.</source>
      <translation>
        <numerusform>%n column is beyond the last one and was left out.</numerusform>
        <numerusform>%n columns are beyond the last one and were left out.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n columns are not written; they stay in the result files.</source>
      <translation>
        <numerusform>%n column is not written; it stays in the result files.</numerusform>
        <numerusform>%n columns are not written; they stay in the result files.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n columns could not be read ({names}): the CRM does not show them to you. What stands there was read before.</source>
      <translation>
        <numerusform>%n column could not be read ({names}): the CRM does not show it to you. What stands there was read before.</numerusform>
        <numerusform>%n columns could not be read ({names}): the CRM does not show them to you. What stands there was read before.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts looked at</source>
      <translation>
        <numerusform>%n conflict looked at</numerusform>
        <numerusform>%n conflicts looked at</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts settled.</source>
      <translation>
        <numerusform>%n conflict settled.</numerusform>
        <numerusform>%n conflicts settled.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts to decide</source>
      <translation>
        <numerusform>%n conflict to decide</numerusform>
        <numerusform>%n conflicts to decide</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n conflicts wait</source>
      <translation>
        <numerusform>%n conflict waits</numerusform>
        <numerusform>%n conflicts wait</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n connections</source>
      <translation>
        <numerusform>%n connection</numerusform>
        <numerusform>%n connections</numerusform>
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
        <numerusform>%n disagreement waits</numerusform>
        <numerusform>%n disagreements wait</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edited rows match no longer and stay until the grid is read again (Ctrl+R)</source>
      <translation>
        <numerusform>%n edited row matches no longer and stays until the grid is read again (Ctrl+R)</numerusform>
        <numerusform>%n edited rows match no longer and stay until the grid is read again (Ctrl+R)</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits discarded {when} by {author}</source>
      <translation>
        <numerusform>%n edit discarded {when} by {author}</numerusform>
        <numerusform>%n edits discarded {when} by {author}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits redone.</source>
      <translation>
        <numerusform>%n edit redone.</numerusform>
        <numerusform>%n edits redone.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits stand again.</source>
      <translation>
        <numerusform>%n edit stands again.</numerusform>
        <numerusform>%n edits stand again.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits undone.</source>
      <translation>
        <numerusform>%n edit undone.</numerusform>
        <numerusform>%n edits undone.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits wait for their answer. Leaving now loses them.</source>
      <translation>
        <numerusform>%n edit waits for its answer. Leaving now loses it.</numerusform>
        <numerusform>%n edits wait for their answer. Leaving now loses them.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n edits wait. Nothing has been sent.</source>
      <translation>
        <numerusform>%n edit waits. Nothing has been sent.</numerusform>
        <numerusform>%n edits wait. Nothing has been sent.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries match</source>
      <translation>
        <numerusform>%n entry matches</numerusform>
        <numerusform>%n entries match</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n entries written to {file}; head {head}.</source>
      <translation>
        <numerusform>%n entry written to {file}; head {head}.</numerusform>
        <numerusform>%n entries written to {file}; head {head}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n exchanges</source>
      <translation>
        <numerusform>%n exchange</numerusform>
        <numerusform>%n exchanges</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fields</source>
      <translation>
        <numerusform>%n field</numerusform>
        <numerusform>%n fields</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fields mapped · write-back on for {on} · key {key} · {filter} · last pull {last}</source>
      <translation>
        <numerusform>%n field mapped · write-back on for {on} · key {key} · {filter} · last pull {last}</numerusform>
        <numerusform>%n fields mapped · write-back on for {on} · key {key} · {filter} · last pull {last}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n fields mapped. Nothing is saved yet, and write-back is off for each.{missing}</source>
      <translation>
        <numerusform>%n field mapped. Nothing is saved yet, and write-back is off for it.{missing}</numerusform>
        <numerusform>%n fields mapped. Nothing is saved yet, and write-back is off for each.{missing}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n files saved to {file}.</source>
      <translation>
        <numerusform>%n file saved to {file}.</numerusform>
        <numerusform>%n files saved to {file}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n forms ask for it and would no longer: {named}.</source>
      <translation>
        <numerusform> %n form asks for it and would no longer: {named}.</numerusform>
        <numerusform> %n forms ask for it and would no longer: {named}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n further fields of the row wait with it.</source>
      <translation>
        <numerusform>%n further field of the row waits with it.</numerusform>
        <numerusform>%n further fields of the row wait with it.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n hours ago</source>
      <translation>
        <numerusform>%n hour ago</numerusform>
        <numerusform>%n hours ago</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs</source>
      <translation>
        <numerusform>%n job</numerusform>
        <numerusform>%n jobs</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs are paused.</source>
      <translation>
        <numerusform>%n job is paused.</numerusform>
        <numerusform>%n jobs are paused.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs are running</source>
      <translation>
        <numerusform>%n job is running</numerusform>
        <numerusform>%n jobs are running</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs queued.</source>
      <translation>
        <numerusform>%n job queued.</numerusform>
        <numerusform>%n jobs queued.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs stopped for want of a sign-in; it is there again.</source>
      <translation>
        <numerusform>%n job stopped for want of a sign-in; it is there again.</numerusform>
        <numerusform>%n jobs stopped for want of a sign-in; it is there again.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n jobs wait for it.</source>
      <translation>
        <numerusform>%n job waits for it.</numerusform>
        <numerusform>%n jobs wait for it.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n keys were chosen by hand.</source>
      <translation>
        <numerusform>%n key was chosen by hand.</numerusform>
        <numerusform>%n keys were chosen by hand.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n lines are below the last row and were left out.</source>
      <translation>
        <numerusform>%n line is below the last row and was left out.</numerusform>
        <numerusform>%n lines are below the last row and were left out.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n mappings are not saved yet.</source>
      <translation>
        <numerusform> %n mapping is not saved yet.</numerusform>
        <numerusform> %n mappings are not saved yet.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches found. Nothing is saved yet, and write-back is off for each.</source>
      <translation>
        <numerusform>%n match found. Nothing is saved yet, and write-back is off for each.</numerusform>
        <numerusform>%n matches found. Nothing is saved yet, and write-back is off for each.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n matches kept.</source>
      <translation>
        <numerusform>%n match kept.</numerusform>
        <numerusform>%n matches kept.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n messages go with the worker's next look.</source>
      <translation>
        <numerusform>%n message goes with the worker's next look.</numerusform>
        <numerusform>%n messages go with the worker's next look.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n minutes ago</source>
      <translation>
        <numerusform>%n minute ago</numerusform>
        <numerusform>%n minutes ago</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n new records, each with its own {field}</source>
      <translation>
        <numerusform>%n new record with its own {field}</numerusform>
        <numerusform>%n new records, each with its own {field}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n notices</source>
      <translation>
        <numerusform>%n notice</numerusform>
        <numerusform>%n notices</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n objects</source>
      <translation>
        <numerusform>%n object</numerusform>
        <numerusform>%n objects</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts</source>
      <translation>
        <numerusform>%n part</numerusform>
        <numerusform>%n parts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts cannot be imported; each says why.</source>
      <translation>
        <numerusform>%n part cannot be imported; it says why.</numerusform>
        <numerusform>%n parts cannot be imported; each says why.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts were imported.</source>
      <translation>
        <numerusform>%n part was imported.</numerusform>
        <numerusform>%n parts were imported.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n parts were imported. The workspace of before is among the backups: {file}.</source>
      <translation>
        <numerusform>%n part was imported. The workspace of before is among the backups: {file}.</numerusform>
        <numerusform>%n parts were imported. The workspace of before is among the backups: {file}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pending edits</source>
      <translation>
        <numerusform>%n pending edit</numerusform>
        <numerusform>%n pending edits</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pending edits are taken back.</source>
      <translation>
        <numerusform>%n pending edit is taken back.</numerusform>
        <numerusform>%n pending edits are taken back.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n pending edits discarded. Ctrl+Z has them back.</source>
      <translation>
        <numerusform>%n pending edit discarded. Ctrl+Z has it back.</numerusform>
        <numerusform>%n pending edits discarded. Ctrl+Z has them back.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n plans that were not sent</source>
      <translation>
        <numerusform>%n plan that was not sent</numerusform>
        <numerusform>%n plans that were not sent</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n plans wait</source>
      <translation>
        <numerusform>%n plan waits</numerusform>
        <numerusform>%n plans wait</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n plays and schedules</source>
      <translation>
        <numerusform>%n play or schedule</numerusform>
        <numerusform>%n plays and schedules</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n plays cannot run: they name something that is gone.</source>
      <translation>
        <numerusform>%n play cannot run: it names something that is gone.</numerusform>
        <numerusform>%n plays cannot run: they name something that is gone.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n plays name it and could no longer run: {named}.</source>
      <translation>
        <numerusform> %n play names it and could no longer run: {named}.</numerusform>
        <numerusform> %n plays name it and could no longer run: {named}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records</source>
      <translation>
        <numerusform>%n record</numerusform>
        <numerusform>%n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records are changed by {campaign}.</source>
      <translation>
        <numerusform>%n record is changed by {campaign}.</numerusform>
        <numerusform>%n records are changed by {campaign}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records fit</source>
      <translation>
        <numerusform>%n record fits</numerusform>
        <numerusform>%n records fit</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records gone</source>
      <translation>
        <numerusform>%n record gone</numerusform>
        <numerusform>%n records gone</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records of this object</source>
      <translation>
        <numerusform>%n record of this object</numerusform>
        <numerusform>%n records of this object</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records of this plan were changed in the CRM since it was checked.</source>
      <translation>
        <numerusform>%n record of this plan was changed in the CRM since it was checked.</numerusform>
        <numerusform>%n records of this plan were changed in the CRM since it was checked.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records read in {seconds}: {added} new, {changed} changed, {gone} gone, {conflicts} in conflict with pending edits.{left_out}</source>
      <translation>
        <numerusform>%n record read in {seconds}: {added} new, {changed} changed, {gone} gone, {conflicts} in conflict with pending edits.{left_out}</numerusform>
        <numerusform>%n records read in {seconds}: {added} new, {changed} changed, {gone} gone, {conflicts} in conflict with pending edits.{left_out}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records read, </source>
      <translation>
        <numerusform>%n record read, </numerusform>
        <numerusform>%n records read, </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n records written to {path}.</source>
      <translation>
        <numerusform>%n record written to {path}.</numerusform>
        <numerusform>%n records written to {path}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n requests</source>
      <translation>
        <numerusform>%n request</numerusform>
        <numerusform>%n requests</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows</source>
      <translation>
        <numerusform>%n row</numerusform>
        <numerusform>%n rows</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are being sent.</source>
      <translation>
        <numerusform>%n row is being sent.</numerusform>
        <numerusform>%n rows are being sent.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are blocked: the column Why says how to put each right.</source>
      <translation>
        <numerusform>%n row is blocked: the column Why says how to put it right.</numerusform>
        <numerusform>%n rows are blocked: the column Why says how to put each right.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are in conflict: settle them under Conflicts.</source>
      <translation>
        <numerusform>%n row is in conflict: settle it under Conflicts.</numerusform>
        <numerusform>%n rows are in conflict: settle them under Conflicts.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are not in it any more</source>
      <translation>
        <numerusform>%n row is not in it any more</numerusform>
        <numerusform>%n rows are not in it any more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows are {verdict} now</source>
      <translation>
        <numerusform>%n row is {verdict} now</numerusform>
        <numerusform>%n rows are {verdict} now</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows marked as resolved by hand.</source>
      <translation>
        <numerusform>%n row marked as resolved by hand.</numerusform>
        <numerusform>%n rows marked as resolved by hand.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows selected</source>
      <translation>
        <numerusform>%n row selected</numerusform>
        <numerusform>%n rows selected</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows stand behind this entry</source>
      <translation>
        <numerusform>%n row stands behind this entry</numerusform>
        <numerusform>%n rows stand behind this entry</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows that were left out are not found again: look for them</source>
      <translation>
        <numerusform>%n row that was left out is not found again: look for it</numerusform>
        <numerusform>%n rows that were left out are not found again: look for them</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows were looked up, with {calls} calls.</source>
      <translation>
        <numerusform>%n row was looked up, with {calls} calls.</numerusform>
        <numerusform>%n rows were looked up, with {calls} calls.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows, for example</source>
      <translation>
        <numerusform>%n row, for example</numerusform>
        <numerusform>%n rows, for example</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows: {arrived} arrived, of {unknown} nobody knows, {others} did not.</source>
      <translation>
        <numerusform>%n row: {arrived} arrived, of {unknown} nobody knows, {others} did not.</numerusform>
        <numerusform>%n rows: {arrived} arrived, of {unknown} nobody knows, {others} did not.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n rows: {arrived} arrived, {others} did not.</source>
      <translation>
        <numerusform>%n row: {arrived} arrived, {others} did not.</numerusform>
        <numerusform>%n rows: {arrived} arrived, {others} did not.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n seconds</source>
      <translation>
        <numerusform>%n second</numerusform>
        <numerusform>%n seconds</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> %n segments name it and could no longer be read: {named}.</source>
      <translation>
        <numerusform> %n segment names it and could no longer be read: {named}.</numerusform>
        <numerusform> %n segments name it and could no longer be read: {named}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n segments name something that is not there any more and cannot be counted.</source>
      <translation>
        <numerusform>%n segment names something that is not there any more and cannot be counted.</numerusform>
        <numerusform>%n segments name something that is not there any more and cannot be counted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n settings</source>
      <translation>
        <numerusform>%n setting</numerusform>
        <numerusform>%n settings</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n sources were</source>
      <translation>
        <numerusform>%n source was</numerusform>
        <numerusform>%n sources were</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks are completed.</source>
      <translation>
        <numerusform>%n task is completed.</numerusform>
        <numerusform>%n tasks are completed.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks are completed. Not completed: {numbers}. Outcome and notes are kept.</source>
      <translation>
        <numerusform>%n task is completed. Not completed: {numbers}. Outcome and notes are kept.</numerusform>
        <numerusform>%n tasks are completed. Not completed: {numbers}. Outcome and notes are kept.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks are given to somebody who left.</source>
      <translation>
        <numerusform>%n task is given to somebody who left.</numerusform>
        <numerusform>%n tasks are given to somebody who left.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks ask for a form that names something that is not there any more.</source>
      <translation>
        <numerusform>%n task asks for a form that names something that is not there any more.</numerusform>
        <numerusform>%n tasks ask for a form that names something that is not there any more.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tasks of yours are due</source>
      <translation>
        <numerusform>%n task of yours is due</numerusform>
        <numerusform>%n tasks of yours are due</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n texts cannot be written: their rows would be blocked.</source>
      <translation>
        <numerusform>%n text cannot be written: its row would be blocked.</numerusform>
        <numerusform>%n texts cannot be written: their rows would be blocked.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n that are gone</source>
      <translation>
        <numerusform>%n that is gone</numerusform>
        <numerusform>%n that are gone</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n things</source>
      <translation>
        <numerusform>%n thing</numerusform>
        <numerusform>%n things</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n things are not good</source>
      <translation>
        <numerusform>%n thing is not good</numerusform>
        <numerusform>%n things are not good</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n tries</source>
      <translation>
        <numerusform>%n try</numerusform>
        <numerusform>%n tries</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n unread notices</source>
      <translation>
        <numerusform>%n unread notice</numerusform>
        <numerusform>%n unread notices</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n uploads are being worked on there</source>
      <translation>
        <numerusform>%n upload is being worked on there</numerusform>
        <numerusform>%n uploads are being worked on there</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n users</source>
      <translation>
        <numerusform>%n user</numerusform>
        <numerusform>%n users</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n users read, {new} new in the directory.</source>
      <translation>
        <numerusform>%n user read, {new} new in the directory.</numerusform>
        <numerusform>%n users read, {new} new in the directory.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values</source>
      <translation>
        <numerusform>%n value</numerusform>
        <numerusform>%n values</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values already so.</source>
      <translation>
        <numerusform>%n value already so.</numerusform>
        <numerusform>%n values already so.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values are taken back; {left} were changed since.</source>
      <translation>
        <numerusform>%n value is taken back; {left} were changed since.</numerusform>
        <numerusform>%n values are taken back; {left} were changed since.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values converted.</source>
      <translation>
        <numerusform>%n value converted.</numerusform>
        <numerusform>%n values converted.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values do not fit: {fields}</source>
      <translation>
        <numerusform>%n value does not fit: {fields}</numerusform>
        <numerusform>%n values do not fit: {fields}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values of this record are written at once, without a review.</source>
      <translation>
        <numerusform>%n value of this record is written at once, without a review.</numerusform>
        <numerusform>%n values of this record are written at once, without a review.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values wait as pending edits: their CRM cannot be asked now.</source>
      <translation>
        <numerusform>%n value waits as a pending edit: its CRM cannot be asked now.</numerusform>
        <numerusform>%n values wait as pending edits: their CRM cannot be asked now.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values were edited or sent since and stay as they are.</source>
      <translation>
        <numerusform>%n value was edited or sent since and stays as it is.</numerusform>
        <numerusform>%n values were edited or sent since and stay as they are.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values were refused by a CRM</source>
      <translation>
        <numerusform>%n value was refused by a CRM</numerusform>
        <numerusform>%n values were refused by a CRM</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values were sent or edited since and stay; their job can be undone.</source>
      <translation>
        <numerusform>%n value was sent or edited since and stays; its job can be undone.</numerusform>
        <numerusform>%n values were sent or edited since and stay; their job can be undone.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values would be refused, and nothing would be saved.</source>
      <translation>
        <numerusform>%n value would be refused, and nothing would be saved.</numerusform>
        <numerusform>%n values would be refused, and nothing would be saved.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n values: no CRM takes {names}. Switch write-back on to send them.</source>
      <translation>
        <numerusform>%n value: no CRM takes {names}. Switch write-back on to send it.</numerusform>
        <numerusform>%n values: no CRM takes {names}. Switch write-back on to send them.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records change: {told}.</source>
      <translation>
        <numerusform>%n {object} record changes: {told}.</numerusform>
        <numerusform>%n {object} records change: {told}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records in what was pulled show it</source>
      <translation>
        <numerusform>%n {object} record in what was pulled shows it</numerusform>
        <numerusform>%n {object} records in what was pulled show it</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records in what was pulled show them</source>
      <translation>
        <numerusform>%n {object} record in what was pulled shows them</numerusform>
        <numerusform>%n {object} records in what was pulled show them</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records show it</source>
      <translation>
        <numerusform>%n {object} record shows it</numerusform>
        <numerusform>%n {object} records show it</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>%n {object} records show them</source>
      <translation>
        <numerusform>%n {object} record shows them</numerusform>
        <numerusform>%n {object} records show them</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>A plan of %n rows waits. Nothing of it was sent.</source>
      <translation>
        <numerusform>A plan of %n row waits. Nothing of it was sent.</numerusform>
        <numerusform>A plan of %n rows waits. Nothing of it was sent.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n API calls in {requests}</source>
      <translation>
        <numerusform>about %n API call in {requests}</numerusform>
        <numerusform>about %n API calls in {requests}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>about %n API calls.</source>
      <translation>
        <numerusform>about %n API call.</numerusform>
        <numerusform>about %n API calls.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Accept %n matches</source>
      <translation>
        <numerusform>Accept %n match</numerusform>
        <numerusform>Accept %n matches</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Already imported on {at}. Only what is new is taken: %n answers.</source>
      <translation>
        <numerusform>Already imported on {at}. Only what is new is taken: %n answer.</numerusform>
        <numerusform>Already imported on {at}. Only what is new is taken: %n answers.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>ambiguous: %n users</source>
      <translation>
        <numerusform>ambiguous: %n user</numerusform>
        <numerusform>ambiguous: %n users</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n earlier answers</source>
      <translation>
        <numerusform>and %n earlier answer</numerusform>
        <numerusform>and %n earlier answers</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> and %n more</source>
      <translation>
        <numerusform> and %n more</numerusform>
        <numerusform> and %n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>and %n more</source>
      <translation>
        <numerusform>and %n more</numerusform>
        <numerusform>and %n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>at most %n records</source>
      <translation>
        <numerusform>at most %n record</numerusform>
        <numerusform>at most %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Change these %n records</source>
      <translation>
        <numerusform>Change this %n record</numerusform>
        <numerusform>Change these %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Complete %n tasks</source>
      <translation>
        <numerusform>Complete %n task</numerusform>
        <numerusform>Complete %n tasks</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Complete %n tasks…</source>
      <translation>
        <numerusform>Complete %n task…</numerusform>
        <numerusform>Complete %n tasks…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>due in %n days</source>
      <translation>
        <numerusform>due in %n day</numerusform>
        <numerusform>due in %n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>each once in %n days</source>
      <translation>
        <numerusform>each once in %n day</numerusform>
        <numerusform>each once in %n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>edits the one record, also seen by %n other accounts · </source>
      <translation>
        <numerusform>edits the one record, also seen by %n other account · </numerusform>
        <numerusform>edits the one record, also seen by %n other accounts · </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>every %n minutes</source>
      <translation>
        <numerusform>every %n minute</numerusform>
        <numerusform>every %n minutes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Fields of %n further objects can be written by hand.</source>
      <translation>
        <numerusform>Fields of %n further object can be written by hand.</numerusform>
        <numerusform>Fields of %n further objects can be written by hand.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Give %n tasks to somebody</source>
      <translation>
        <numerusform>Give %n task to somebody</numerusform>
        <numerusform>Give %n tasks to somebody</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Import %n parts</source>
      <translation>
        <numerusform>Import %n part</numerusform>
        <numerusform>Import %n parts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Last %n days</source>
      <translation>
        <numerusform>Last %n day</numerusform>
        <numerusform>Last %n days</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Last run {when}; it stood for %n missed ones too.</source>
      <translation>
        <numerusform>Last run {when}; it stood for %n missed one too.</numerusform>
        <numerusform>Last run {when}; it stood for %n missed ones too.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Mapped: {fields}. %n drafts of it go, and so do its values here. The CRMs keep theirs; the history stays.</source>
      <translation>
        <numerusform>Mapped: {fields}. %n draft of it goes, and so do its values here. The CRMs keep theirs; the history stays.</numerusform>
        <numerusform>Mapped: {fields}. %n drafts of it go, and so do its values here. The CRMs keep theirs; the history stays.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Mappings saved. In records that are there already %n values differ from {crm}.</source>
      <translation>
        <numerusform>Mappings saved. In records that are there already %n value differs from {crm}.</numerusform>
        <numerusform>Mappings saved. In records that are there already %n values differ from {crm}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Mark %n rows as resolved by hand</source>
      <translation>
        <numerusform>Mark %n row as resolved by hand</numerusform>
        <numerusform>Mark %n rows as resolved by hand</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>More than %n blackouts are too many.</source>
      <translation>
        <numerusform>More than %n blackout is too many.</numerusform>
        <numerusform>More than %n blackouts are too many.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Nothing to send: %n values are already so.</source>
      <translation>
        <numerusform>Nothing to send: %n value is already so.</numerusform>
        <numerusform>Nothing to send: %n values are already so.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>of %n rows the CRM holds something else now</source>
      <translation>
        <numerusform>of %n row the CRM holds something else now</numerusform>
        <numerusform>of %n rows the CRM holds something else now</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Off after %n strikes</source>
      <translation>
        <numerusform>Off after %n strike</numerusform>
        <numerusform>Off after %n strikes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>on %n records</source>
      <translation>
        <numerusform>on %n record</numerusform>
        <numerusform>on %n records</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Read again from %n CRMs.</source>
      <translation>
        <numerusform>Read again from %n CRM.</numerusform>
        <numerusform>Read again from %n CRMs.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Read back {when}{by}, in %n calls. </source>
      <translation>
        <numerusform>Read back {when}{by}, in %n call. </numerusform>
        <numerusform>Read back {when}{by}, in %n calls. </numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Refresh the plan first: %n of its records were changed since.</source>
      <translation>
        <numerusform>Refresh the plan first: %n of its records was changed since.</numerusform>
        <numerusform>Refresh the plan first: %n of its records were changed since.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Reverse %n rows…</source>
      <translation>
        <numerusform>Reverse %n row…</numerusform>
        <numerusform>Reverse %n rows…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Review %n changes…</source>
      <translation>
        <numerusform>Review %n change…</numerusform>
        <numerusform>Review %n changes…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Review %n fixed rows…</source>
      <translation>
        <numerusform>Review %n fixed row…</numerusform>
        <numerusform>Review %n fixed rows…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Review %n values of yours</source>
      <translation>
        <numerusform>Review %n value of yours</numerusform>
        <numerusform>Review %n values of yours</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Review the %n it wanted</source>
      <translation>
        <numerusform>Review the %n it wanted</numerusform>
        <numerusform>Review the %n it wanted</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Save %n mappings</source>
      <translation>
        <numerusform>Save %n mapping</numerusform>
        <numerusform>Save %n mappings</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>seen by %n other accounts</source>
      <translation>
        <numerusform>seen by %n other account</numerusform>
        <numerusform>seen by %n other accounts</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n changes</source>
      <translation>
        <numerusform>Send %n change</numerusform>
        <numerusform>Send %n changes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n changes to {org}</source>
      <translation>
        <numerusform>Send %n change to {org}</numerusform>
        <numerusform>Send %n changes to {org}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send %n records to {destinations}</source>
      <translation>
        <numerusform>Send %n record to {destinations}</numerusform>
        <numerusform>Send %n records to {destinations}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send the remaining %n records to {destinations}</source>
      <translation>
        <numerusform>Send the remaining %n record to {destinations}</numerusform>
        <numerusform>Send the remaining %n records to {destinations}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Send the remaining %n…</source>
      <translation>
        <numerusform>Send the remaining %n…</numerusform>
        <numerusform>Send the remaining %n…</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Show %n more</source>
      <translation>
        <numerusform>Show %n more</numerusform>
        <numerusform>Show %n more</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Show %n more attributes</source>
      <translation>
        <numerusform>Show %n more attribute</numerusform>
        <numerusform>Show %n more attributes</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Snooze %n tasks</source>
      <translation>
        <numerusform>Snooze %n task</numerusform>
        <numerusform>Snooze %n tasks</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Task {number} is completed; %n values are saved.</source>
      <translation>
        <numerusform>Task {number} is completed; %n value is saved.</numerusform>
        <numerusform>Task {number} is completed; %n values are saved.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Task {number} is open again. %n values of it are pending edits still.</source>
      <translation>
        <numerusform>Task {number} is open again. %n value of it is a pending edit still.</numerusform>
        <numerusform>Task {number} is open again. %n values of it are pending edits still.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>That is longer than %n characters.</source>
      <translation>
        <numerusform>That is longer than %n character.</numerusform>
        <numerusform>That is longer than %n characters.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The check cost %n API calls.</source>
      <translation>
        <numerusform>The check cost %n API call.</numerusform>
        <numerusform>The check cost %n API calls.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The first %n records; writeback plays history tells all.</source>
      <translation>
        <numerusform>The first %n record; writeback plays history tells all.</numerusform>
        <numerusform>The first %n records; writeback plays history tells all.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The first {shown} of %n rows are listed.</source>
      <translation>
        <numerusform>The first {shown} of %n row are listed.</numerusform>
        <numerusform>The first {shown} of %n rows are listed.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The form is saved: %n values.</source>
      <translation>
        <numerusform>The form is saved: %n value.</numerusform>
        <numerusform>The form is saved: %n values.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The job stops there and goes on as the quota of the last 24 hours frees up: about %n days in all.</source>
      <translation>
        <numerusform>The job stops there and goes on as the quota of the last 24 hours frees up: about %n day in all.</numerusform>
        <numerusform>The job stops there and goes on as the quota of the last 24 hours frees up: about %n days in all.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The job stops there and goes on when it begins anew at {at} UTC: about %n days in all.</source>
      <translation>
        <numerusform>The job stops there and goes on when it begins anew at {at} UTC: about %n day in all.</numerusform>
        <numerusform>The job stops there and goes on when it begins anew at {at} UTC: about %n days in all.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The newest answer of %n records is kept as pending edits.</source>
      <translation>
        <numerusform>The newest answer of %n record is kept as a pending edit.</numerusform>
        <numerusform>The newest answer of %n records is kept as pending edits.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The records of %n tasks are not there any more.</source>
      <translation>
        <numerusform>The record of %n task is not there any more.</numerusform>
        <numerusform>The records of %n tasks are not there any more.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>The trial is under way: look at its rows, then send the rest here, %n records.</source>
      <translation>
        <numerusform>The trial is under way: look at its rows, then send the rest here, %n record.</numerusform>
        <numerusform>The trial is under way: look at its rows, then send the rest here, %n records.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This computer's clock is %n minutes ahead of the CRM's.</source>
      <translation>
        <numerusform>This computer's clock is %n minute ahead of the CRM's.</numerusform>
        <numerusform>This computer's clock is %n minutes ahead of the CRM's.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This computer's clock is %n minutes behind the CRM's.</source>
      <translation>
        <numerusform>This computer's clock is %n minute behind the CRM's.</numerusform>
        <numerusform>This computer's clock is %n minutes behind the CRM's.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>This CRM tells no daily quota; its pace is at most %n requests in {span}.</source>
      <translation>
        <numerusform>This CRM tells no daily quota; its pace is at most %n request in {span}.</numerusform>
        <numerusform>This CRM tells no daily quota; its pace is at most %n requests in {span}.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Tick %n rows again</source>
      <translation>
        <numerusform>Tick %n row again</numerusform>
        <numerusform>Tick %n rows again</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Trial run: %n rows</source>
      <translation>
        <numerusform>Trial run: %n row</numerusform>
        <numerusform>Trial run: %n rows</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Trial: {sent} rows were sent, {arrived} arrived. %n rows wait.</source>
      <translation>
        <numerusform>Trial: {sent} rows were sent, {arrived} arrived. %n row waits.</numerusform>
        <numerusform>Trial: {sent} rows were sent, {arrived} arrived. %n rows wait.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>Undo %n rows</source>
      <translation>
        <numerusform>Undo %n row</numerusform>
        <numerusform>Undo %n rows</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{converts} of %n values convert.</source>
      <translation>
        <numerusform>{converts} of %n value converts.</numerusform>
        <numerusform>{converts} of %n values convert.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{done} %n were refused; each says why.</source>
      <translation>
        <numerusform>{done} %n was refused; it says why.</numerusform>
        <numerusform>{done} %n were refused; each says why.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{file} is taken back: %n answers are forgotten.</source>
      <translation>
        <numerusform>{file} is taken back: %n answer is forgotten.</numerusform>
        <numerusform>{file} is taken back: %n answers are forgotten.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{file} · {responses} of %n rows · {at} by {name}</source>
      <translation>
        <numerusform>{file} · {responses} of %n row · {at} by {name}</numerusform>
        <numerusform>{file} · {responses} of %n rows · {at} by {name}</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{job} failed: none of its %n rows was written.</source>
      <translation>
        <numerusform>{job} failed: its %n row was not written.</numerusform>
        <numerusform>{job} failed: none of its %n rows was written.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{matched} of %n rows matched ({share})</source>
      <translation>
        <numerusform>{matched} of %n row matched ({share})</numerusform>
        <numerusform>{matched} of %n rows matched ({share})</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{play}: a run that would change %n records is held until somebody has looked.</source>
      <translation>
        <numerusform>{play}: a run that would change %n record is held until somebody has looked.</numerusform>
        <numerusform>{play}: a run that would change %n records is held until somebody has looked.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{sends} of {sum} CRM records will be sent; %n blocked or in conflict stay here with all their edits.</source>
      <translation>
        <numerusform>{sends} of {sum} CRM records will be sent; %n blocked or in conflict stays here with all its edits.</numerusform>
        <numerusform>{sends} of {sum} CRM records will be sent; %n blocked or in conflict stay here with all their edits.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{survey} {score} ± {margin} · %n answers</source>
      <translation>
        <numerusform>{survey} {score} ± {margin} · %n answer</numerusform>
        <numerusform>{survey} {score} ± {margin} · %n answers</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{title} → {field}: %n records differ</source>
      <translation>
        <numerusform>{title} → {field}: %n record differs</numerusform>
        <numerusform>{title} → {field}: %n records differ</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{told} Sending of %n mappings stops until it is settled.</source>
      <translation>
        <numerusform>{told} Sending of %n mapping stops until it is settled.</numerusform>
        <numerusform>{told} Sending of %n mappings stops until it is settled.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source> {value} alone stands in %n records here.</source>
      <translation>
        <numerusform> {value} alone stands in %n record here.</numerusform>
        <numerusform> {value} alone stands in %n records here.</numerusform>
      </translation>
    </message>
    <message numerus="yes">
      <source>{writable} of %n may be updated</source>
      <translation>
        <numerusform>{writable} of %n may be updated</numerusform>
        <numerusform>{writable} of %n may be updated</numerusform>
      </translation>
    </message>
  </context>
</TS>
