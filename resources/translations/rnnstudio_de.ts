<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>rnnstudio</name>
  <message>
   <source>
What is known of how it ended is in {folder}; nothing was sent.</source>
   <translation>
Was über das Ende bekannt ist, steht in {folder}; gesendet wurde nichts.</translation>
  </message>
  <message>
   <source>   and   </source>
   <translation>   und   </translation>
  </message>
  <message>
   <source> and </source>
   <translation> und </translation>
  </message>
  <message>
   <source> at t = {at}</source>
   <translation> bei t = {at}</translation>
  </message>
  <message>
   <source> of layer {k}</source>
   <translation> von Schicht {k}</translation>
  </message>
  <message>
   <source> of layer {layer}</source>
   <translation> von Schicht {layer}</translation>
  </message>
  <message>
   <source>**To try:** {words}</source>
   <translation>**Zum Ausprobieren:** {words}</translation>
  </message>
  <message>
   <source>**To try:** {written}</source>
   <translation>**Zum Ausprobieren:** {written}</translation>
  </message>
  <message>
   <source>, {votes} votes</source>
   <translation>, {votes} Stimmen</translation>
  </message>
  <message>
   <source>, … ({size} values)</source>
   <translation>, … ({size} Werte)</translation>
  </message>
  <message>
   <source>1</source>
   <translation>1</translation>
  </message>
  <message>
   <source>1 error</source>
   <translation>1 Fehler</translation>
  </message>
  <message>
   <source>1 line</source>
   <translation>1 Zeile</translation>
  </message>
  <message>
   <source>1 number each</source>
   <translation>je 1 Zahl</translation>
  </message>
  <message>
   <source>1 of {inputs} is lit</source>
   <translation>1 von {inputs} leuchtet</translation>
  </message>
  <message>
   <source>1 step</source>
   <translation>1 Schritt</translation>
  </message>
  <message>
   <source>1 target</source>
   <translation>1 Ziel</translation>
  </message>
  <message>
   <source>1 update</source>
   <translation>1 Änderung</translation>
  </message>
  <message>
   <source>1 vote</source>
   <translation>1 Stimme</translation>
  </message>
  <message>
   <source>2</source>
   <translation>2</translation>
  </message>
  <message>
   <source>2 × {n} nodes</source>
   <translation>2 × {n} Knoten</translation>
  </message>
  <message>
   <source>3</source>
   <translation>3</translation>
  </message>
  <message>
   <source>4</source>
   <translation>4</translation>
  </message>
  <message>
   <source>; expected {expected}</source>
   <translation>; erwartet wird {expected}</translation>
  </message>
  <message>
   <source>; its words are {names}</source>
   <translation>; seine Wörter sind {names}</translation>
  </message>
  <message>
   <source>; last change: {change}</source>
   <translation>; letzte Änderung: {change}</translation>
  </message>
  <message>
   <source>A copy every few seconds, offered at the next start</source>
   <translation>Alle paar Sekunden eine Kopie, beim nächsten Start angeboten</translation>
  </message>
  <message>
   <source>A function with a memory</source>
   <translation>Eine Funktion mit Gedächtnis</translation>
  </message>
  <message>
   <source>A layer, sample 5</source>
   <translation>Eine Schicht, Beispiel 5</translation>
  </message>
  <message>
   <source>A lesson on {name}</source>
   <translation>Eine Lektion zu {name}</translation>
  </message>
  <message>
   <source>A number</source>
   <translation>Eine Zahl</translation>
  </message>
  <message>
   <source>A number starts one. → goes on, ← goes back, N steps.</source>
   <translation>Eine Ziffer beginnt eine. → geht weiter, ← zurück, N macht einen Schritt.</translation>
  </message>
  <message>
   <source>A sentence</source>
   <translation>Ein Satz</translation>
  </message>
  <message>
   <source>A sign</source>
   <translation>Ein Zeichen</translation>
  </message>
  <message>
   <source>A task that needs it</source>
   <translation>Eine Aufgabe, die es braucht</translation>
  </message>
  <message>
   <source>A traditional network</source>
   <translation>Ein herkömmliches Netz</translation>
  </message>
  <message>
   <source>A word is a vector</source>
   <translation>Ein Wort ist ein Vektor</translation>
  </message>
  <message>
   <source>ACTIVATION</source>
   <translation>AKTIVIERUNG</translation>
  </message>
  <message>
   <source>ADDING PROBLEM</source>
   <translation>ADDITIONSAUFGABE</translation>
  </message>
  <message>
   <source>Activation</source>
   <translation>Aktivierung</translation>
  </message>
  <message>
   <source>Adam</source>
   <translation>Adam</translation>
  </message>
  <message>
   <source>Add a layer</source>
   <translation>Schicht hinzufügen</translation>
  </message>
  <message>
   <source>Add a step</source>
   <translation>Schritt hinzufügen</translation>
  </message>
  <message>
   <source>Add a unit</source>
   <translation>Einheit hinzufügen</translation>
  </message>
  <message>
   <source>Add an input</source>
   <translation>Eingabe hinzufügen</translation>
  </message>
  <message>
   <source>Add an output</source>
   <translation>Ausgabe hinzufügen</translation>
  </message>
  <message>
   <source>Add the bias</source>
   <translation>Bias hinzufügen</translation>
  </message>
  <message>
   <source>Add y = {last}</source>
   <translation>y = {last} hinzufügen</translation>
  </message>
  <message>
   <source>Add {line}</source>
   <translation>{line} hinzufügen</translation>
  </message>
  <message>
   <source>Add {one}</source>
   <translation>{one} hinzufügen</translation>
  </message>
  <message>
   <source>Add {state} = tanh(…)</source>
   <translation>{state} = tanh(…) hinzufügen</translation>
  </message>
  <message>
   <source>Adding problem</source>
   <translation>Additionsaufgabe</translation>
  </message>
  <message>
   <source>Adding problem…</source>
   <translation>Additionsaufgabe…</translation>
  </message>
  <message>
   <source>All commands</source>
   <translation>Alle Befehle</translation>
  </message>
  <message>
   <source>All lessons</source>
   <translation>Alle Lektionen</translation>
  </message>
  <message>
   <source>Alphabet</source>
   <translation>Alphabet</translation>
  </message>
  <message>
   <source>And U?</source>
   <translation>Und U?</translation>
  </message>
  <message>
   <source>Another bend: ReLU</source>
   <translation>Anders gebogen: ReLU</translation>
  </message>
  <message>
   <source>Another bend: tanh</source>
   <translation>Anders gebogen: tanh</translation>
  </message>
  <message>
   <source>Another order, another output</source>
   <translation>Andere Reihenfolge, andere Ausgabe</translation>
  </message>
  <message>
   <source>Another order, the same output</source>
   <translation>Andere Reihenfolge, dieselbe Ausgabe</translation>
  </message>
  <message>
   <source>Another past, another output</source>
   <translation>Andere Vergangenheit, andere Ausgabe</translation>
  </message>
  <message>
   <source>Another past, the same output</source>
   <translation>Andere Vergangenheit, dieselbe Ausgabe</translation>
  </message>
  <message>
   <source>As another book draws it</source>
   <translation>Wie ein anderes Buch es zeichnet</translation>
  </message>
  <message>
   <source>As delivered</source>
   <translation>Wie ausgeliefert</translation>
  </message>
  <message>
   <source>Ask for</source>
   <translation>Fragen nach</translation>
  </message>
  <message>
   <source>Ask the class</source>
   <translation>Die Klasse fragen</translation>
  </message>
  <message>
   <source>At the last</source>
   <translation>Beim letzten</translation>
  </message>
  <message>
   <source>BRACKET DEPTH</source>
   <translation>KLAMMERTIEFE</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Back out</source>
   <translation>Wieder hinaus</translation>
  </message>
  <message>
   <source>Backspace</source>
   <translation>Rücktaste</translation>
  </message>
  <message>
   <source>Before these changes</source>
   <translation>Vor diesen Änderungen</translation>
  </message>
  <message>
   <source>Bias</source>
   <translation>Bias</translation>
  </message>
  <message>
   <source>Black screen</source>
   <translation>Schwarzer Schirm</translation>
  </message>
  <message>
   <source>Blank</source>
   <translation>Leer</translation>
  </message>
  <message>
   <source>Block form [W U]</source>
   <translation>Blockform [W U]</translation>
  </message>
  <message>
   <source>Both ways</source>
   <translation>In beiden Richtungen</translation>
  </message>
  <message>
   <source>Bracket depth</source>
   <translation>Klammertiefe</translation>
  </message>
  <message>
   <source>Bracket depth…</source>
   <translation>Klammertiefe…</translation>
  </message>
  <message>
   <source>COMMANDS</source>
   <translation>BEFEHLE</translation>
  </message>
  <message>
   <source>COPY</source>
   <translation>KOPIEREN</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Candidate</source>
   <translation>Kandidat</translation>
  </message>
  <message>
   <source>Cell</source>
   <translation>Zelle</translation>
  </message>
  <message>
   <source>Cell R</source>
   <translation>Zelle R</translation>
  </message>
  <message>
   <source>Cell R: {formula}. It hands out {of_all}.</source>
   <translation>Zelle R: {formula}. Sie gibt {of_all} ab.</translation>
  </message>
  <message>
   <source>Cell R: {formula}. What it hands out is not computed yet.</source>
   <translation>Zelle R: {formula}. Was sie abgibt, ist noch nicht berechnet.</translation>
  </message>
  <message>
   <source>Cell equations</source>
   <translation>Gleichungen der Zelle</translation>
  </message>
  <message>
   <source>Cell state</source>
   <translation>Zellzustand</translation>
  </message>
  <message>
   <source>Change the activation to {function}</source>
   <translation>Aktivierung zu {function} ändern</translation>
  </message>
  <message>
   <source>Change the cell to {cell_word}</source>
   <translation>Zelle zu {cell_word} ändern</translation>
  </message>
  <message>
   <source>Change the sequence ({count} changes)</source>
   <translation>Folge ändern ({count} Änderungen)</translation>
  </message>
  <message>
   <source>Change the {get} of stop {at}</source>
   <translation>{get} von Halt {at} ändern</translation>
  </message>
  <message>
   <source>Change to 1 input</source>
   <translation>Auf 1 Eingabe ändern</translation>
  </message>
  <message>
   <source>Change to {count} inputs</source>
   <translation>Auf {count} Eingaben ändern</translation>
  </message>
  <message>
   <source>Choose layer {index}</source>
   <translation>Schicht {index} wählen</translation>
  </message>
  <message>
   <source>Chosen layer</source>
   <translation>Gewählte Schicht</translation>
  </message>
  <message>
   <source>Clamp a gate</source>
   <translation>Ein Gatter festhalten</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Leeren</translation>
  </message>
  <message>
   <source>Clear this list</source>
   <translation>Diese Liste leeren</translation>
  </message>
  <message>
   <source>Clear: the run as it is</source>
   <translation>Aufheben: der Lauf, wie er ist</translation>
  </message>
  <message>
   <source>Click on what you want explained   ·   Esc leaves</source>
   <translation>Anklicken, was erklärt werden soll   ·   Esc beendet</translation>
  </message>
  <message>
   <source>Clip gradient at</source>
   <translation>Gradient begrenzen auf</translation>
  </message>
  <message>
   <source>Clip the gradient at {safe_clip:g}</source>
   <translation>Gradient auf {safe_clip:g} begrenzen</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Close the presenter window</source>
   <translation>Vortragsfenster schließen</translation>
  </message>
  <message>
   <source>Close window</source>
   <translation>Fenster schließen</translation>
  </message>
  <message>
   <source>Compact</source>
   <translation>Kompakt</translation>
  </message>
  <message>
   <source>Condensed</source>
   <translation>Verdichtet</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy the block</source>
   <translation>Block kopieren</translation>
  </message>
  <message>
   <source>Copy {said}</source>
   <translation>{said} kopieren</translation>
  </message>
  <message>
   <source>Copy…</source>
   <translation>Kopieren…</translation>
  </message>
  <message>
   <source>Ctrl</source>
   <translation>Strg</translation>
  </message>
  <message>
   <source>Cut U: the recurrent weights are 0</source>
   <translation>U durchtrennen: Die rekurrenten Gewichte sind 0</translation>
  </message>
  <message>
   <source>Cut the arrow</source>
   <translation>Den Pfeil durchtrennen</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Decimals</source>
   <translation>Nachkommastellen</translation>
  </message>
  <message>
   <source>Deepest</source>
   <translation>Tiefste</translation>
  </message>
  <message>
   <source>Del</source>
   <translation>Entf</translation>
  </message>
  <message>
   <source>Delay in the loop</source>
   <translation>Verzögerung in der Schleife</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Delete stop {at}</source>
   <translation>Halt {at} löschen</translation>
  </message>
  <message>
   <source>Delete the stop</source>
   <translation>Halt löschen</translation>
  </message>
  <message>
   <source>Delete this step</source>
   <translation>Diesen Schritt löschen</translation>
  </message>
  <message>
   <source>Delete {steps}</source>
   <translation>{steps} löschen</translation>
  </message>
  <message>
   <source>Direction shown</source>
   <translation>Gezeigte Richtung</translation>
  </message>
  <message>
   <source>Do they differ?</source>
   <translation>Unterscheiden sie sich?</translation>
  </message>
  <message>
   <source>Draw</source>
   <translation>Zeichnen</translation>
  </message>
  <message>
   <source>Draw new weights from seed {seed}</source>
   <translation>Neue Gewichte aus Startzahl {seed} auslosen</translation>
  </message>
  <message>
   <source>Draw the weights again, seed {seed}</source>
   <translation>Gewichte neu auslosen, Startzahl {seed}</translation>
  </message>
  <message>
   <source>Draw {said} at random from ±1/√H = ±{bound_of:.3g}; the number is the seed</source>
   <translation>{said} auslosen aus ±1/√H = ±{bound_of:.3g}; die Zahl ist die Startzahl</translation>
  </message>
  <message>
   <source>Draw {words} at random, seed {seed}</source>
   <translation>{words} auslosen, Startzahl {seed}</translation>
  </message>
  <message>
   <source>Duplicate stop {at}</source>
   <translation>Halt {at} verdoppeln</translation>
  </message>
  <message>
   <source>Duplicate the stop</source>
   <translation>Halt verdoppeln</translation>
  </message>
  <message>
   <source>ECHO</source>
   <translation>ECHO</translation>
  </message>
  <message>
   <source>EMBEDDED REBER GRAMMAR</source>
   <translation>EINGEBETTETE REBER-GRAMMATIK</translation>
  </message>
  <message>
   <source>EQUATIONS</source>
   <translation>GLEICHUNGEN</translation>
  </message>
  <message>
   <source>Each letter is</source>
   <translation>Jeder Buchstabe ist</translation>
  </message>
  <message>
   <source>Each node weighs its inputs with one row of W, adds them up and applies f.</source>
   <translation>Jeder Knoten gewichtet seine Eingaben mit einer Zeile von W, addiert sie und wendet f an.</translation>
  </message>
  <message>
   <source>Each word is</source>
   <translation>Jedes Wort ist</translation>
  </message>
  <message>
   <source>Echo</source>
   <translation>Echo</translation>
  </message>
  <message>
   <source>Echo…</source>
   <translation>Echo…</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Bearbeiten</translation>
  </message>
  <message>
   <source>Edit a copy of this lesson</source>
   <translation>Eine Kopie dieser Lektion bearbeiten</translation>
  </message>
  <message>
   <source>Edit the selected value</source>
   <translation>Gewählten Wert ändern</translation>
  </message>
  <message>
   <source>Edit the sequence…</source>
   <translation>Folge bearbeiten…</translation>
  </message>
  <message>
   <source>Edit the value</source>
   <translation>Wert ändern</translation>
  </message>
  <message>
   <source>Elapsed</source>
   <translation>Vergangen</translation>
  </message>
  <message>
   <source>Elman cell with readout</source>
   <translation>Elman-Zelle mit Ausgabeschicht</translation>
  </message>
  <message>
   <source>Elman cell: the state s_t stays, the readout V s_t leaves.</source>
   <translation>Elman-Zelle: Der Zustand s_t bleibt, die Ausgabeschicht V s_t geht hinaus.</translation>
  </message>
  <message>
   <source>Embedded Reber grammar</source>
   <translation>Eingebettete Reber-Grammatik</translation>
  </message>
  <message>
   <source>Embedded Reber grammar…</source>
   <translation>Eingebettete Reber-Grammatik…</translation>
  </message>
  <message>
   <source>Empty</source>
   <translation>Leer</translation>
  </message>
  <message>
   <source>End</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>Enter or a click goes there</source>
   <translation>Enter oder ein Klick geht dorthin</translation>
  </message>
  <message>
   <source>Erase</source>
   <translation>Radieren</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Every key also works while something moves.</source>
   <translation>Jede Taste wirkt auch, während sich etwas bewegt.</translation>
  </message>
  <message>
   <source>Export all steps in words…</source>
   <translation>Alle Schritte in Worten exportieren…</translation>
  </message>
  <message>
   <source>Export this step in words…</source>
   <translation>Diesen Schritt in Worten exportieren…</translation>
  </message>
  <message>
   <source>FILES</source>
   <translation>DATEIEN</translation>
  </message>
  <message>
   <source>FIRST VALUES</source>
   <translation>ERSTE WERTE</translation>
  </message>
  <message>
   <source>FORMULA</source>
   <translation>FORMEL</translation>
  </message>
  <message>
   <source>FORMULA   given</source>
   <translation>FORMEL   gegeben</translation>
  </message>
  <message>
   <source>Factor of {said}</source>
   <translation>Faktor von {said}</translation>
  </message>
  <message>
   <source>Faster</source>
   <translation>Schneller</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Dateien</translation>
  </message>
  <message>
   <source>Fill</source>
   <translation>Füllen</translation>
  </message>
  <message>
   <source>Fill {said} with the number</source>
   <translation>{said} mit der Zahl füllen</translation>
  </message>
  <message>
   <source>Fill {said} with {value:g}</source>
   <translation>{said} mit {value:g} füllen</translation>
  </message>
  <message>
   <source>Fill, draw or scale the block…</source>
   <translation>Block füllen, auslosen oder skalieren…</translation>
  </message>
  <message>
   <source>Finish</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>First state</source>
   <translation>Erster Zustand</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Einpassen</translation>
  </message>
  <message>
   <source>Forget</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <source>Forget gate</source>
   <translation>Vergessens-Gatter</translation>
  </message>
  <message>
   <source>Forget gate f = 0</source>
   <translation>Vergessens-Gatter f = 0</translation>
  </message>
  <message>
   <source>Forget gate f = 1</source>
   <translation>Vergessens-Gatter f = 1</translation>
  </message>
  <message>
   <source>Formula</source>
   <translation>Formel</translation>
  </message>
  <message>
   <source>Forward</source>
   <translation>Vorwärts</translation>
  </message>
  <message>
   <source>Freeze</source>
   <translation>Einfrieren</translation>
  </message>
  <message>
   <source>Freeze the audience's picture</source>
   <translation>Das Bild für das Publikum einfrieren</translation>
  </message>
  <message>
   <source>Freeze the state after this sample</source>
   <translation>Den Zustand nach diesem Beispiel einfrieren</translation>
  </message>
  <message>
   <source>From a file…</source>
   <translation>Aus einer Datei…</translation>
  </message>
  <message>
   <source>From a layer to a recurrent network</source>
   <translation>Von der Schicht zum rekurrenten Netz</translation>
  </message>
  <message>
   <source>From outside it is still R()</source>
   <translation>Von außen ist es weiter R()</translation>
  </message>
  <message>
   <source>Frozen</source>
   <translation>Eingefroren</translation>
  </message>
  <message>
   <source>Frozen, F shows the picture</source>
   <translation>Eingefroren, F zeigt das Bild</translation>
  </message>
  <message>
   <source>Frozen: the audience sees the picture from before</source>
   <translation>Eingefroren: Das Publikum sieht das Bild von vorher</translation>
  </message>
  <message>
   <source>Frozen: the same W at every sample</source>
   <translation>Eingefroren: dasselbe W bei jedem Beispiel</translation>
  </message>
  <message>
   <source>Frozen: the same W at every sample; R hands the same vector out twice</source>
   <translation>Eingefroren: dasselbe W bei jedem Beispiel; R gibt denselben Vektor zweimal ab</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>Ganzer Bildschirm</translation>
  </message>
  <message>
   <source>GENERATORS</source>
   <translation>GENERATOREN</translation>
  </message>
  <message>
   <source>GRADIENT NORM</source>
   <translation>GRADIENTENNORM</translation>
  </message>
  <message>
   <source>GRU</source>
   <translation>GRU</translation>
  </message>
  <message>
   <source>GRU (reset after the product)</source>
   <translation>GRU (Zurücksetzen nach dem Produkt)</translation>
  </message>
  <message>
   <source>GRU as in PyTorch: the reset gate acts after the product U s, and z weighs the old state.</source>
   <translation>GRU wie in PyTorch: Das Rücksetz-Gatter wirkt nach dem Produkt U s, und z gewichtet den alten Zustand.</translation>
  </message>
  <message>
   <source>GRU, and its two forms</source>
   <translation>GRU und ihre zwei Formen</translation>
  </message>
  <message>
   <source>GRU, first version</source>
   <translation>GRU, erste Fassung</translation>
  </message>
  <message>
   <source>GRU, reset before (first version)</source>
   <translation>GRU, Zurücksetzen davor (erste Fassung)</translation>
  </message>
  <message>
   <source>Gate by gate along the conveyor.</source>
   <translation>Gatter für Gatter am Förderband entlang.</translation>
  </message>
  <message>
   <source>Gates fed from one column</source>
   <translation>Gatter aus einer Spalte gespeist</translation>
  </message>
  <message>
   <source>Generators</source>
   <translation>Generatoren</translation>
  </message>
  <message>
   <source>Go to a sample</source>
   <translation>Zu einem Beispiel gehen</translation>
  </message>
  <message>
   <source>Go to t = {t}</source>
   <translation>Zu t = {t}</translation>
  </message>
  <message>
   <source>HOW FAR APART</source>
   <translation>WIE WEIT AUSEINANDER</translation>
  </message>
  <message>
   <source>HOW SURE</source>
   <translation>WIE SICHER</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>Home</source>
   <translation>Pos1</translation>
  </message>
  <message>
   <source>How much is it?</source>
   <translation>Wie viel ist das?</translation>
  </message>
  <message>
   <source>IN THE PICTURE</source>
   <translation>IM BILD</translation>
  </message>
  <message>
   <source>Identity</source>
   <translation>Einheitsmatrix</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <source>In other letters</source>
   <translation>In anderen Buchstaben</translation>
  </message>
  <message>
   <source>In reverse</source>
   <translation>Rückwärts</translation>
  </message>
  <message>
   <source>Input</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>Input gate</source>
   <translation>Eingabe-Gatter</translation>
  </message>
  <message>
   <source>Input gate i = 0</source>
   <translation>Eingabe-Gatter i = 0</translation>
  </message>
  <message>
   <source>Input gate i = 1</source>
   <translation>Eingabe-Gatter i = 1</translation>
  </message>
  <message>
   <source>Input of sample {silent} is 0</source>
   <translation>Eingabe von Beispiel {silent} ist 0</translation>
  </message>
  <message>
   <source>Inputs</source>
   <translation>Eingaben</translation>
  </message>
  <message>
   <source>Insert</source>
   <translation>Einfügen</translation>
  </message>
  <message>
   <source>Insert a step after this one</source>
   <translation>Danach einen Schritt einfügen</translation>
  </message>
  <message>
   <source>Insert {steps}</source>
   <translation>{steps} einfügen</translation>
  </message>
  <message>
   <source>Inside the cell</source>
   <translation>In der Zelle</translation>
  </message>
  <message>
   <source>Inside this node</source>
   <translation>In diesem Knoten</translation>
  </message>
  <message>
   <source>Inspector</source>
   <translation>Inspektor</translation>
  </message>
  <message>
   <source>Jordan</source>
   <translation>Jordan</translation>
  </message>
  <message>
   <source>Jordan cell</source>
   <translation>Jordan-Zelle</translation>
  </message>
  <message>
   <source>Keep the drawing over steps</source>
   <translation>Zeichnung über Schritte behalten</translation>
  </message>
  <message>
   <source>Keep unsaved work</source>
   <translation>Ungesicherte Arbeit behalten</translation>
  </message>
  <message>
   <source>Kept from the study: {names}{value}</source>
   <translation>Aus der Studie übernommen: {names}{value}</translation>
  </message>
  <message>
   <source>Keras</source>
   <translation>Keras</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>LESSON</source>
   <translation>LEKTION</translation>
  </message>
  <message>
   <source>LOSS</source>
   <translation>VERLUST</translation>
  </message>
  <message>
   <source>LSTM</source>
   <translation>LSTM</translation>
  </message>
  <message>
   <source>LSTM, coupled</source>
   <translation>LSTM, gekoppelt</translation>
  </message>
  <message>
   <source>LSTM, coupled gates</source>
   <translation>LSTM, gekoppelte Gatter</translation>
  </message>
  <message>
   <source>LSTM, peepholes</source>
   <translation>LSTM, Peepholes</translation>
  </message>
  <message>
   <source>LSTM: three gates decide what the conveyor forgets, takes in and lets out.</source>
   <translation>LSTM: Drei Gatter entscheiden, was das Förderband vergisst, aufnimmt und hinauslässt.</translation>
  </message>
  <message>
   <source>Lag</source>
   <translation>Abstand</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Larger notes</source>
   <translation>Größere Notizen</translation>
  </message>
  <message>
   <source>Larger text</source>
   <translation>Größerer Text</translation>
  </message>
  <message>
   <source>Laser</source>
   <translation>Laser</translation>
  </message>
  <message>
   <source>Laser pointer</source>
   <translation>Laserpunkt</translation>
  </message>
  <message>
   <source>Last sample</source>
   <translation>Letztes Beispiel</translation>
  </message>
  <message>
   <source>Layer</source>
   <translation>Schicht</translation>
  </message>
  <message>
   <source>Learning rate</source>
   <translation>Lernrate</translation>
  </message>
  <message>
   <source>Leave the lesson</source>
   <translation>Lektion verlassen</translation>
  </message>
  <message>
   <source>Leave the presentation</source>
   <translation>Vortrag verlassen</translation>
  </message>
  <message>
   <source>Leave the question</source>
   <translation>Frage verlassen</translation>
  </message>
  <message>
   <source>Lesson</source>
   <translation>Lektion</translation>
  </message>
  <message>
   <source>Lessons</source>
   <translation>Lektionen</translation>
  </message>
  <message>
   <source>Let out</source>
   <translation>Hinauslassen</translation>
  </message>
  <message>
   <source>Letters of bars, panels and menus</source>
   <translation>Schrift von Leisten, Feldern und Menüs</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Look inside</source>
   <translation>Ein Blick hinein</translation>
  </message>
  <message>
   <source>Loss at every step</source>
   <translation>Verlust bei jedem Schritt</translation>
  </message>
  <message>
   <source>Lower the rate to {safer_rate:g}</source>
   <translation>Lernrate auf {safer_rate:g} senken</translation>
  </message>
  <message>
   <source>Make again</source>
   <translation>Neu erzeugen</translation>
  </message>
  <message>
   <source>Make it recurrent</source>
   <translation>Rekurrent machen</translation>
  </message>
  <message>
   <source>Make {title} (seed {seed})</source>
   <translation>{title} erzeugen (Startzahl {seed})</translation>
  </message>
  <message>
   <source>Minimal gated</source>
   <translation>Minimal, mit Gatter</translation>
  </message>
  <message>
   <source>Minimal gated unit</source>
   <translation>Minimale Zelle mit Gatter</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Momentum</source>
   <translation>Impuls</translation>
  </message>
  <message>
   <source>Move stop {at} to {to}</source>
   <translation>Halt {at} nach {to} verschieben</translation>
  </message>
  <message>
   <source>Move {steps} to {to}</source>
   <translation>{steps} nach {to} verschieben</translation>
  </message>
  <message>
   <source>NEXT CHARACTER</source>
   <translation>NÄCHSTES ZEICHEN</translation>
  </message>
  <message>
   <source>NEXT WORD</source>
   <translation>NÄCHSTES WORT</translation>
  </message>
  <message>
   <source>NOISY SINE</source>
   <translation>VERRAUSCHTER SINUS</translation>
  </message>
  <message>
   <source>Name: {title}</source>
   <translation>Name: {title}</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>New</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>New lesson</source>
   <translation>Neue Lektion</translation>
  </message>
  <message>
   <source>New numbers</source>
   <translation>Neue Zahlen</translation>
  </message>
  <message>
   <source>New weights from a new seed, {seed}</source>
   <translation>Neue Gewichte aus neuer Startzahl, {seed}</translation>
  </message>
  <message>
   <source>New weights were drawn from seed {seed}.</source>
   <translation>Neue Gewichte wurden aus Startzahl {seed} ausgelost.</translation>
  </message>
  <message>
   <source>New window</source>
   <translation>Neues Fenster</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Next character</source>
   <translation>Nächstes Zeichen</translation>
  </message>
  <message>
   <source>Next character…</source>
   <translation>Nächstes Zeichen…</translation>
  </message>
  <message>
   <source>Next item</source>
   <translation>Nächstes Element</translation>
  </message>
  <message>
   <source>Next part of the window</source>
   <translation>Nächster Teil des Fensters</translation>
  </message>
  <message>
   <source>Next seed: {seed}</source>
   <translation>Nächste Startzahl: {seed}</translation>
  </message>
  <message>
   <source>Next sequence</source>
   <translation>Nächste Folge</translation>
  </message>
  <message>
   <source>Next state of the question</source>
   <translation>Nächster Stand der Frage</translation>
  </message>
  <message>
   <source>Next step</source>
   <translation>Nächster Schritt</translation>
  </message>
  <message>
   <source>Next step, in a lesson next stop</source>
   <translation>Nächster Schritt, in einer Lektion nächster Halt</translation>
  </message>
  <message>
   <source>Next stop</source>
   <translation>Nächster Halt</translation>
  </message>
  <message>
   <source>Next theme</source>
   <translation>Nächstes Farbschema</translation>
  </message>
  <message>
   <source>Next way of updating</source>
   <translation>Nächste Art des Änderns</translation>
  </message>
  <message>
   <source>Nine moves from the network everyone knows to a cell with a loop.</source>
   <translation>Neun Züge vom vertrauten Netz bis zur Zelle mit einer Schleife.</translation>
  </message>
  <message>
   <source>No file yet</source>
   <translation>Noch keine Datei</translation>
  </message>
  <message>
   <source>No training here: the same W at every sample</source>
   <translation>Hier wird nicht trainiert: dasselbe W bei jedem Beispiel</translation>
  </message>
  <message>
   <source>No training here: the same W at every sample; R hands the same vector out twice</source>
   <translation>Hier wird nicht trainiert: dasselbe W bei jedem Beispiel; R gibt denselben Vektor zweimal ab</translation>
  </message>
  <message>
   <source>Noise</source>
   <translation>Rauschen</translation>
  </message>
  <message>
   <source>Noisy sine</source>
   <translation>Verrauschter Sinus</translation>
  </message>
  <message>
   <source>Noisy sine…</source>
   <translation>Verrauschter Sinus…</translation>
  </message>
  <message>
   <source>None saved yet</source>
   <translation>Noch keine gesichert</translation>
  </message>
  <message>
   <source>Notation</source>
   <translation>Schreibweise</translation>
  </message>
  <message>
   <source>Notes</source>
   <translation>Notizen</translation>
  </message>
  <message>
   <source>Notes come with a lesson; without one, next is the next step.</source>
   <translation>Notizen gehören zu einer Lektion; ohne eine kommt als Nächstes der nächste Schritt.</translation>
  </message>
  <message>
   <source>Nothing comes after this</source>
   <translation>Danach kommt nichts mehr</translation>
  </message>
  <message>
   <source>Numbers of the stops alone</source>
   <translation>Nur die Nummern der Halte</translation>
  </message>
  <message>
   <source>OUTPUT HISTORY</source>
   <translation>VERLAUF DER AUSGABE</translation>
  </message>
  <message>
   <source>Of menus, panels and lessons</source>
   <translation>Von Menüs, Feldern und Lektionen</translation>
  </message>
  <message>
   <source>Of steps and of turns between views</source>
   <translation>Von Schritten und Übergängen zwischen Ansichten</translation>
  </message>
  <message>
   <source>Of the values that are shown</source>
   <translation>Der gezeigten Werte</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>Old against new</source>
   <translation>Alt gegen neu</translation>
  </message>
  <message>
   <source>On</source>
   <translation>An</translation>
  </message>
  <message>
   <source>One activation, handed out twice</source>
   <translation>Eine Aktivierung, zweimal abgegeben</translation>
  </message>
  <message>
   <source>One copy in focus</source>
   <translation>Eine Kopie im Blick</translation>
  </message>
  <message>
   <source>One copy of the cell</source>
   <translation>Eine Kopie der Zelle</translation>
  </message>
  <message>
   <source>One element</source>
   <translation>Ein einziges Element</translation>
  </message>
  <message>
   <source>One formula</source>
   <translation>Eine Formel</translation>
  </message>
  <message>
   <source>One letter, four words ago</source>
   <translation>Ein Buchstabe, vier Wörter zuvor</translation>
  </message>
  <message>
   <source>One sample back</source>
   <translation>Ein Beispiel zurück</translation>
  </message>
  <message>
   <source>One sample on</source>
   <translation>Ein Beispiel weiter</translation>
  </message>
  <message>
   <source>One sample runs from left to right. Every node but the inputs is computed.</source>
   <translation>Ein Beispiel läuft von links nach rechts. Jeder Knoten außer den Eingaben wird berechnet.</translation>
  </message>
  <message>
   <source>One sample up close</source>
   <translation>Ein Beispiel aus der Nähe</translation>
  </message>
  <message>
   <source>One state again</source>
   <translation>Wieder ein Zustand</translation>
  </message>
  <message>
   <source>One sum</source>
   <translation>Eine Summe</translation>
  </message>
  <message>
   <source>One update</source>
   <translation>Eine Änderung der Gewichte</translation>
  </message>
  <message>
   <source>One update back</source>
   <translation>Eine Änderung der Gewichte zurück</translation>
  </message>
  <message>
   <source>Open a cell file…</source>
   <translation>Zelldatei öffnen…</translation>
  </message>
  <message>
   <source>Open bundled study</source>
   <translation>Mitgelieferte Studie öffnen</translation>
  </message>
  <message>
   <source>Open recent</source>
   <translation>Zuletzt geöffnet</translation>
  </message>
  <message>
   <source>Open the cell</source>
   <translation>Zelle öffnen</translation>
  </message>
  <message>
   <source>Open…</source>
   <translation>Öffnen…</translation>
  </message>
  <message>
   <source>Options</source>
   <translation>Antworten</translation>
  </message>
  <message>
   <source>Output</source>
   <translation>Ausgabe</translation>
  </message>
  <message>
   <source>Output gate</source>
   <translation>Ausgabe-Gatter</translation>
  </message>
  <message>
   <source>Output gate o = 0</source>
   <translation>Ausgabe-Gatter o = 0</translation>
  </message>
  <message>
   <source>Output gate o = 1</source>
   <translation>Ausgabe-Gatter o = 1</translation>
  </message>
  <message>
   <source>PARITY</source>
   <translation>PARITÄT</translation>
  </message>
  <message>
   <source>PRESENTING</source>
   <translation>VORTRAGEN</translation>
  </message>
  <message>
   <source>PREVIEW</source>
   <translation>VORSCHAU</translation>
  </message>
  <message>
   <source>PageDown</source>
   <translation>Bild ab</translation>
  </message>
  <message>
   <source>PageUp</source>
   <translation>Bild auf</translation>
  </message>
  <message>
   <source>Parity</source>
   <translation>Parität</translation>
  </message>
  <message>
   <source>Parity…</source>
   <translation>Parität…</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>Einfügen</translation>
  </message>
  <message>
   <source>Paste a sequence of {count} × {count2} values</source>
   <translation>Folge von {count} × {count2} Werten einfügen</translation>
  </message>
  <message>
   <source>Paste into the block</source>
   <translation>In den Block einfügen</translation>
  </message>
  <message>
   <source>Paste into {said}</source>
   <translation>In {said} einfügen</translation>
  </message>
  <message>
   <source>Paste into {words}</source>
   <translation>In {words} einfügen</translation>
  </message>
  <message>
   <source>Paste {count} × {count2} values at t = {row}</source>
   <translation>{count} × {count2} Werte bei t = {row} einfügen</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Period</source>
   <translation>Periode</translation>
  </message>
  <message>
   <source>Plan less time</source>
   <translation>Weniger Zeit planen</translation>
  </message>
  <message>
   <source>Plan more time</source>
   <translation>Mehr Zeit planen</translation>
  </message>
  <message>
   <source>Plan: {minutes} min</source>
   <translation>Plan: {minutes} min</translation>
  </message>
  <message>
   <source>Plan: {planned_min} min</source>
   <translation>Plan: {planned_min} min</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Playback</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Predict a gate</source>
   <translation>Ein Gatter vorhersagen</translation>
  </message>
  <message>
   <source>Predict a sign</source>
   <translation>Ein Vorzeichen vorhersagen</translation>
  </message>
  <message>
   <source>Preferences</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Preferences…</source>
   <translation>Einstellungen…</translation>
  </message>
  <message>
   <source>Present from here</source>
   <translation>Ab hier vortragen</translation>
  </message>
  <message>
   <source>Present from the start</source>
   <translation>Von Anfang an vortragen</translation>
  </message>
  <message>
   <source>Presenter window</source>
   <translation>Vortragsfenster</translation>
  </message>
  <message>
   <source>Presenter window, or the audience's</source>
   <translation>Vortragsfenster oder das des Publikums</translation>
  </message>
  <message>
   <source>Presenting</source>
   <translation>Vortragen</translation>
  </message>
  <message>
   <source>Product</source>
   <translation>Produkt</translation>
  </message>
  <message>
   <source>Projector</source>
   <translation>Beamer</translation>
  </message>
  <message>
   <source>Put line {value} in front</source>
   <translation>Zeile {value} nach vorn</translation>
  </message>
  <message>
   <source>Put this step earlier</source>
   <translation>Diesen Schritt nach vorn</translation>
  </message>
  <message>
   <source>Put this step later</source>
   <translation>Diesen Schritt nach hinten</translation>
  </message>
  <message>
   <source>Put {steps} first</source>
   <translation>{steps} an den Anfang</translation>
  </message>
  <message>
   <source>Put {steps} last</source>
   <translation>{steps} ans Ende</translation>
  </message>
  <message>
   <source>PyTorch</source>
   <translation>PyTorch</translation>
  </message>
  <message>
   <source>Question {number}, {letter}: {words}</source>
   <translation>Frage {number}, {letter}: {words}</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>R  ·  {name}, {form}</source>
   <translation>R  ·  {name}, {form}</translation>
  </message>
  <message>
   <source>R hands the same vector out twice. Weights updated after every sample: &lt;W|W_{t+1}&gt; = &lt;W|W_t&gt; + &lt;W|ΔW_t&gt;</source>
   <translation>R gibt denselben Vektor zweimal ab. Gewichte nach jedem Beispiel geändert: &lt;W|W_{t+1}&gt; = &lt;W|W_t&gt; + &lt;W|ΔW_t&gt;</translation>
  </message>
  <message>
   <source>REBER GRAMMAR</source>
   <translation>REBER-GRAMMATIK</translation>
  </message>
  <message>
   <source>RESULT</source>
   <translation>ERGEBNIS</translation>
  </message>
  <message>
   <source>RESULT SO FAR</source>
   <translation>BISHER</translation>
  </message>
  <message>
   <source>RESULT SO FAR   before f</source>
   <translation>BISHER   vor f</translation>
  </message>
  <message>
   <source>RNN Studio</source>
   <translation>RNN Studio</translation>
  </message>
  <message>
   <source>RNN Studio did not end as it should the last time; there is no unsaved work. What is known of it is in {folder}; nothing was sent.</source>
   <translation>RNN Studio endete das letzte Mal nicht, wie es sollte; es gibt keine ungesicherte Arbeit. Was bekannt ist, steht in {folder}; gesendet wurde nichts.</translation>
  </message>
  <message>
   <source>RNN cell</source>
   <translation>RNN-Zelle</translation>
  </message>
  <message>
   <source>RUNNING SUM</source>
   <translation>LAUFENDE SUMME</translation>
  </message>
  <message>
   <source>Random</source>
   <translation>Zufällig</translation>
  </message>
  <message>
   <source>Read on: {stop_titles}, a stop of the lesson {shelf}</source>
   <translation>Weiterlesen: {stop_titles}, ein Halt der Lektion {shelf}</translation>
  </message>
  <message>
   <source>Read {name}</source>
   <translation>{name} einlesen</translation>
  </message>
  <message>
   <source>Readout</source>
   <translation>Ausgabeschicht</translation>
  </message>
  <message>
   <source>Reads the sequence</source>
   <translation>Liest die Folge</translation>
  </message>
  <message>
   <source>Reber grammar</source>
   <translation>Reber-Grammatik</translation>
  </message>
  <message>
   <source>Reber grammar…</source>
   <translation>Reber-Grammatik…</translation>
  </message>
  <message>
   <source>Record stop {at}</source>
   <translation>Halt {at} aufzeichnen</translation>
  </message>
  <message>
   <source>Record this picture as a stop</source>
   <translation>Dieses Bild als Halt aufzeichnen</translation>
  </message>
  <message>
   <source>Recurrent weights 0</source>
   <translation>Rekurrente Gewichte 0</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Redo: {name}</source>
   <translation>Wiederholen: {name}</translation>
  </message>
  <message>
   <source>Reduced motion</source>
   <translation>Weniger Bewegung</translation>
  </message>
  <message>
   <source>Remaining</source>
   <translation>Verbleibend</translation>
  </message>
  <message>
   <source>Remove a layer</source>
   <translation>Schicht entfernen</translation>
  </message>
  <message>
   <source>Remove a step</source>
   <translation>Schritt entfernen</translation>
  </message>
  <message>
   <source>Remove a unit</source>
   <translation>Einheit entfernen</translation>
  </message>
  <message>
   <source>Remove an input</source>
   <translation>Eingabe entfernen</translation>
  </message>
  <message>
   <source>Remove an output</source>
   <translation>Ausgabe entfernen</translation>
  </message>
  <message>
   <source>Remove {one}</source>
   <translation>{one} entfernen</translation>
  </message>
  <message>
   <source>Reorder</source>
   <translation>Ordnen</translation>
  </message>
  <message>
   <source>Repeat</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Repeat this step</source>
   <translation>Diesen Schritt wiederholen</translation>
  </message>
  <message>
   <source>Repeat {steps}, {times} times</source>
   <translation>{steps} wiederholen, {times}-mal</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Zurücksetzen</translation>
  </message>
  <message>
   <source>Reset gate</source>
   <translation>Rücksetz-Gatter</translation>
  </message>
  <message>
   <source>Reset gate r = 0</source>
   <translation>Rücksetz-Gatter r = 0</translation>
  </message>
  <message>
   <source>Reset gate r = 1</source>
   <translation>Rücksetz-Gatter r = 1</translation>
  </message>
  <message>
   <source>Reset to the first weights</source>
   <translation>Zurück zu den ersten Gewichten</translation>
  </message>
  <message>
   <source>Restart</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>Restore defaults</source>
   <translation>Zurücksetzen</translation>
  </message>
  <message>
   <source>Reveal the answer</source>
   <translation>Die Antwort aufdecken</translation>
  </message>
  <message>
   <source>Reverse</source>
   <translation>Rückwärts</translation>
  </message>
  <message>
   <source>Reverse {steps}</source>
   <translation>{steps} umkehren</translation>
  </message>
  <message>
   <source>Revert</source>
   <translation>Zurück zum gesicherten Stand</translation>
  </message>
  <message>
   <source>Run from this stop</source>
   <translation>Ab diesem Halt laufen lassen</translation>
  </message>
  <message>
   <source>Run the lesson of the study</source>
   <translation>Lektion der Studie laufen lassen</translation>
  </message>
  <message>
   <source>Running sum</source>
   <translation>Laufende Summe</translation>
  </message>
  <message>
   <source>Running sum…</source>
   <translation>Laufende Summe…</translation>
  </message>
  <message>
   <source>SELECTION</source>
   <translation>AUSWAHL</translation>
  </message>
  <message>
   <source>SETTINGS</source>
   <translation>EINSTELLUNGEN</translation>
  </message>
  <message>
   <source>SGD</source>
   <translation>SGD</translation>
  </message>
  <message>
   <source>SHAPES AND COUNTS</source>
   <translation>FORMEN UND ANZAHLEN</translation>
  </message>
  <message>
   <source>SIZES</source>
   <translation>GRÖSSEN</translation>
  </message>
  <message>
   <source>START FROM…</source>
   <translation>BEGINNEN MIT…</translation>
  </message>
  <message>
   <source>STATE HISTORY</source>
   <translation>VERLAUF DES ZUSTANDS</translation>
  </message>
  <message>
   <source>STEPPING</source>
   <translation>SCHRITTE</translation>
  </message>
  <message>
   <source>Same W or W_t?</source>
   <translation>Dasselbe W oder W_t?</translation>
  </message>
  <message>
   <source>Sample {t} of {count}</source>
   <translation>Schritt {t} von {count}</translation>
  </message>
  <message>
   <source>Sample {t} of {steps}</source>
   <translation>Beispiel {t} von {steps}</translation>
  </message>
  <message>
   <source>Samples</source>
   <translation>Beispiele</translation>
  </message>
  <message>
   <source>Samples in order</source>
   <translation>Beispiele der Reihe nach</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Sichern</translation>
  </message>
  <message>
   <source>Save a copy…</source>
   <translation>Kopie sichern…</translation>
  </message>
  <message>
   <source>Save as a cell file…</source>
   <translation>Als Zelldatei sichern…</translation>
  </message>
  <message>
   <source>Save as…</source>
   <translation>Sichern unter…</translation>
  </message>
  <message>
   <source>Save the lesson as a file…</source>
   <translation>Lektion als Datei sichern…</translation>
  </message>
  <message>
   <source>Saved as {name}.</source>
   <translation>Gesichert als {name}.</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>Skalieren</translation>
  </message>
  <message>
   <source>Scale {said} by the number</source>
   <translation>{said} mit der Zahl malnehmen</translation>
  </message>
  <message>
   <source>Scale {said} to the spectral radius that the number is</source>
   <translation>{said} auf den Spektralradius bringen, den die Zahl nennt</translation>
  </message>
  <message>
   <source>Scale {words} by {factor:g}</source>
   <translation>{words} mit {factor:g} malnehmen</translation>
  </message>
  <message>
   <source>Scale {words} to spectral radius {radius:g}</source>
   <translation>{words} auf Spektralradius {radius:g} bringen</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Startzahl</translation>
  </message>
  <message>
   <source>Select the whole matrix</source>
   <translation>Ganze Matrix wählen</translation>
  </message>
  <message>
   <source>Selection</source>
   <translation>Auswahl</translation>
  </message>
  <message>
   <source>Selection down</source>
   <translation>Auswahl nach unten</translation>
  </message>
  <message>
   <source>Selection one sample back</source>
   <translation>Auswahl ein Beispiel zurück</translation>
  </message>
  <message>
   <source>Selection one sample on</source>
   <translation>Auswahl ein Beispiel weiter</translation>
  </message>
  <message>
   <source>Selection up</source>
   <translation>Auswahl nach oben</translation>
  </message>
  <message>
   <source>Sequence</source>
   <translation>Folge</translation>
  </message>
  <message>
   <source>Sequence before</source>
   <translation>Vorige Folge</translation>
  </message>
  <message>
   <source>Sequence shown</source>
   <translation>Gezeigte Folge</translation>
  </message>
  <message>
   <source>Sequence {k:,}</source>
   <translation>Folge {k:,}</translation>
  </message>
  <message>
   <source>Sequences</source>
   <translation>Folgen</translation>
  </message>
  <message>
   <source>Set the block to the identity</source>
   <translation>Block zur Einheitsmatrix machen</translation>
  </message>
  <message>
   <source>Set the block to zero</source>
   <translation>Block auf null setzen</translation>
  </message>
  <message>
   <source>Set the {what} to {count:,}</source>
   <translation>{what} auf {count:,} setzen</translation>
  </message>
  <message>
   <source>Set {said} to the identity</source>
   <translation>{said} zur Einheitsmatrix machen</translation>
  </message>
  <message>
   <source>Set {said} to zero</source>
   <translation>{said} auf null setzen</translation>
  </message>
  <message>
   <source>Set {what} at t = {row}</source>
   <translation>{what} bei t = {row} setzen</translation>
  </message>
  <message>
   <source>Set {words}</source>
   <translation>{words} setzen</translation>
  </message>
  <message>
   <source>Shift</source>
   <translation>Umschalt</translation>
  </message>
  <message>
   <source>Show sequence {index}</source>
   <translation>Folge {index} zeigen</translation>
  </message>
  <message>
   <source>Show the study of stop {at}</source>
   <translation>Studie von Halt {at} zeigen</translation>
  </message>
  <message>
   <source>Show the toggles</source>
   <translation>Schalter zeigen</translation>
  </message>
  <message>
   <source>Shuffle</source>
   <translation>Mischen</translation>
  </message>
  <message>
   <source>Shuffle the steps (seed {seed})</source>
   <translation>Schritte mischen (Startzahl {seed})</translation>
  </message>
  <message>
   <source>Shuffle {steps} (seed {seed})</source>
   <translation>{steps} mischen (Startzahl {seed})</translation>
  </message>
  <message>
   <source>Silence the input of this sample</source>
   <translation>Die Eingabe dieses Beispiels stummschalten</translation>
  </message>
  <message>
   <source>Simple</source>
   <translation>Einfach</translation>
  </message>
  <message>
   <source>Simple cell</source>
   <translation>Einfache Zelle</translation>
  </message>
  <message>
   <source>Simple cell: two products, one sum, one activation.</source>
   <translation>Einfache Zelle: zwei Produkte, eine Summe, eine Aktivierung.</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Size of {name}</source>
   <translation>Größe von {name}</translation>
  </message>
  <message>
   <source>Slower</source>
   <translation>Langsamer</translation>
  </message>
  <message>
   <source>Smaller notes</source>
   <translation>Kleinere Notizen</translation>
  </message>
  <message>
   <source>Smaller text</source>
   <translation>Kleinerer Text</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Leertaste</translation>
  </message>
  <message>
   <source>Spectral radius of {said}</source>
   <translation>Spektralradius von {said}</translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>Tempo</translation>
  </message>
  <message>
   <source>Spotlight</source>
   <translation>Lichtkreis</translation>
  </message>
  <message>
   <source>Spotlight ring, held</source>
   <translation>Lichtkreis, gehalten</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>State frozen after sample {frozen}</source>
   <translation>Zustand nach Beispiel {frozen} eingefroren</translation>
  </message>
  <message>
   <source>State of the question before</source>
   <translation>Voriger Stand der Frage</translation>
  </message>
  <message>
   <source>Step back</source>
   <translation>Schritt zurück</translation>
  </message>
  <message>
   <source>Step back, in a lesson stop before</source>
   <translation>Schritt zurück, in einer Lektion voriger Halt</translation>
  </message>
  <message>
   <source>Step by sub-steps</source>
   <translation>In Teilschritten</translation>
  </message>
  <message>
   <source>Stepping</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>Stop before</source>
   <translation>Voriger Halt</translation>
  </message>
  <message>
   <source>Stop down</source>
   <translation>Halt nach unten</translation>
  </message>
  <message>
   <source>Stop training</source>
   <translation>Training anhalten</translation>
  </message>
  <message>
   <source>Stop up</source>
   <translation>Halt nach oben</translation>
  </message>
  <message>
   <source>Stop {at} of {count}</source>
   <translation>Halt {at} von {count}</translation>
  </message>
  <message>
   <source>Stop {k}</source>
   <translation>Halt {k}</translation>
  </message>
  <message>
   <source>Stop {number}: {title}</source>
   <translation>Halt {number}: {title}</translation>
  </message>
  <message>
   <source>Structure</source>
   <translation>Aufbau</translation>
  </message>
  <message>
   <source>Sub-steps</source>
   <translation>Teilschritte</translation>
  </message>
  <message>
   <source>Sum</source>
   <translation>Summe</translation>
  </message>
  <message>
   <source>Summary</source>
   <translation>Zusammenfassung</translation>
  </message>
  <message>
   <source>Sunspots</source>
   <translation>Sonnenflecken</translation>
  </message>
  <message>
   <source>Symbols</source>
   <translation>Zeichen</translation>
  </message>
  <message>
   <source>TEMPORAL XOR</source>
   <translation>ZEITLICHES XOR</translation>
  </message>
  <message>
   <source>TEXT BY LETTERS</source>
   <translation>TEXT, BUCHSTABE FÜR BUCHSTABE</translation>
  </message>
  <message>
   <source>TEXT BY WORDS</source>
   <translation>TEXT, WORT FÜR WORT</translation>
  </message>
  <message>
   <source>TRAINING</source>
   <translation>TRAINING</translation>
  </message>
  <message>
   <source>TRY IT</source>
   <translation>AUSPROBIEREN</translation>
  </message>
  <message>
   <source>Tab</source>
   <translation>Tab</translation>
  </message>
  <message>
   <source>Take in</source>
   <translation>Hereinnehmen</translation>
  </message>
  <message>
   <source>Take the picture of stop {at}</source>
   <translation>Bild von Halt {at} übernehmen</translation>
  </message>
  <message>
   <source>Take this picture for the stop</source>
   <translation>Dieses Bild für den Halt übernehmen</translation>
  </message>
  <message>
   <source>Take {found} out</source>
   <translation>{found} entfernen</translation>
  </message>
  <message>
   <source>Talk with your neighbour, then vote again.</source>
   <translation>Mit dem Nachbarn reden, dann noch einmal abstimmen.</translation>
  </message>
  <message>
   <source>Target</source>
   <translation>Ziel</translation>
  </message>
  <message>
   <source>Temporal XOR</source>
   <translation>Zeitliches XOR</translation>
  </message>
  <message>
   <source>Temporal XOR…</source>
   <translation>Zeitliches XOR…</translation>
  </message>
  <message>
   <source>Text by letters</source>
   <translation>Text, Buchstabe für Buchstabe</translation>
  </message>
  <message>
   <source>Text by letters…</source>
   <translation>Text, Buchstabe für Buchstabe…</translation>
  </message>
  <message>
   <source>Text by words</source>
   <translation>Text, Wort für Wort</translation>
  </message>
  <message>
   <source>Text by words…</source>
   <translation>Text, Wort für Wort…</translation>
  </message>
  <message>
   <source>Text size</source>
   <translation>Textgröße</translation>
  </message>
  <message>
   <source>The RNN cell</source>
   <translation>Die RNN-Zelle</translation>
  </message>
  <message>
   <source>The audience sees</source>
   <translation>Das Publikum sieht</translation>
  </message>
  <message>
   <source>The audience sees a blank screen</source>
   <translation>Das Publikum sieht einen leeren Bildschirm</translation>
  </message>
  <message>
   <source>The block form</source>
   <translation>Die Blockform</translation>
  </message>
  <message>
   <source>The candidate</source>
   <translation>Der Kandidat</translation>
  </message>
  <message>
   <source>The candidate of the {split}: {gate} = {function}(W_{gate} x{bias})</source>
   <translation>Der Kandidat von {split}: {gate} = {function}(W_{gate} x{bias})</translation>
  </message>
  <message>
   <source>The cell is redrawn while you type.</source>
   <translation>Die Zelle wird beim Tippen neu gezeichnet.</translation>
  </message>
  <message>
   <source>The cell {title} has no {choice}; {function} stands in its place.</source>
   <translation>Die Zelle {title} hat kein {choice}; {function} tritt an die Stelle.</translation>
  </message>
  <message>
   <source>The class is asked: a step would give the answer away. Q reveals it, Esc leaves the question.</source>
   <translation>Die Klasse ist gefragt: Ein Schritt würde die Antwort verraten. Q deckt sie auf, Esc verlässt die Frage.</translation>
  </message>
  <message>
   <source>The class is asked: the other computation would give the answer away. Q reveals it, Esc leaves the question.</source>
   <translation>Die Klasse ist gefragt: Die andere Rechnung würde die Antwort verraten. Q deckt sie auf, Esc verlässt die Frage.</translation>
  </message>
  <message>
   <source>The class is asked: training waits until the answer is out. Q reveals it, Esc leaves the question.</source>
   <translation>Die Klasse ist gefragt: Das Training wartet, bis die Antwort heraus ist. Q deckt sie auf, Esc verlässt die Frage.</translation>
  </message>
  <message>
   <source>The class is of two minds. The net says {outcome}: {right}.</source>
   <translation>Die Klasse ist geteilter Meinung. Das Netz sagt {outcome}: {right}.</translation>
  </message>
  <message>
   <source>The class is of two minds. {net}</source>
   <translation>Die Klasse ist geteilter Meinung. {net}</translation>
  </message>
  <message>
   <source>The class said {said}. The net says {outcome}: {right}.</source>
   <translation>Die Klasse sagte {said}. Das Netz sagt {outcome}: {right}.</translation>
  </message>
  <message>
   <source>The class said {texts}. {net}</source>
   <translation>Die Klasse sagte {texts}. {net}</translation>
  </message>
  <message>
   <source>The equation of this sub-step: in symbols, with its numbers, and its result. Up and Down turn its pages.</source>
   <translation>Die Gleichung dieses Teilschritts: in Zeichen, mit ihren Zahlen und ihrem Ergebnis. Auf und Ab blättern.</translation>
  </message>
  <message>
   <source>The gate that is closed most</source>
   <translation>Das am weitesten geschlossene Gatter</translation>
  </message>
  <message>
   <source>The gradient of {name}{where} is not finite from step {step} back</source>
   <translation>Der Gradient von {name}{where} ist ab Schritt {step} rückwärts nicht endlich</translation>
  </message>
  <message>
   <source>The gradient's norm is not finite: that of {name}{where}, over all steps, is as large as {loss_text}</source>
   <translation>Die Norm des Gradienten ist nicht endlich: Die von {name}{where} beträgt über alle Schritte {loss_text}</translation>
  </message>
  <message>
   <source>The input of sample {silent} is 0</source>
   <translation>Die Eingabe von Beispiel {silent} ist 0</translation>
  </message>
  <message>
   <source>The last card sums up; the points are on the screen.</source>
   <translation>Die letzte Karte fasst zusammen; die Punkte stehen auf dem Schirm.</translation>
  </message>
  <message>
   <source>The layer that sees one word</source>
   <translation>Die Schicht, die ein Wort sieht</translation>
  </message>
  <message>
   <source>The loss is not finite: y is as large as {loss_text} at step {step}</source>
   <translation>Der Verlust ist nicht endlich: y erreicht {loss_text} bei Schritt {step}</translation>
  </message>
  <message>
   <source>The net says {outcome}: {right}.</source>
   <translation>Das Netz sagt {outcome}: {right}.</translation>
  </message>
  <message>
   <source>The net says {outcome}: {texts}.</source>
   <translation>Das Netz sagt {outcome}: {texts}.</translation>
  </message>
  <message>
   <source>The network follows: {names}; weights that still fit are kept, the rest is drawn (seed {seed}).</source>
   <translation>Das Netz folgt: {names}; passende Gewichte bleiben, der Rest wird ausgelost (Startzahl {seed}).</translation>
  </message>
  <message>
   <source>The new cell state</source>
   <translation>Der neue Zellzustand</translation>
  </message>
  <message>
   <source>The new state</source>
   <translation>Der neue Zustand</translation>
  </message>
  <message>
   <source>The next token is one of {words}, so {words} outputs stay.</source>
   <translation>Das nächste Zeichen ist eines von {words}, also bleiben {words} Ausgaben.</translation>
  </message>
  <message>
   <source>The next word</source>
   <translation>Das nächste Wort</translation>
  </message>
  <message>
   <source>The numbers have changed: the options are new, count again.</source>
   <translation>Die Zahlen sind andere geworden: Die Antworten sind neu, bitte noch einmal zählen.</translation>
  </message>
  <message>
   <source>The other form</source>
   <translation>Die andere Form</translation>
  </message>
  <message>
   <source>The projector's is black on white, with larger letters</source>
   <translation>Das für den Beamer ist schwarz auf weiß, mit größerer Schrift</translation>
  </message>
  <message>
   <source>The recurrent weights are 0</source>
   <translation>Die rekurrenten Gewichte sind 0</translation>
  </message>
  <message>
   <source>The recurrent weights are 0: no gate reads the state</source>
   <translation>Die rekurrenten Gewichte sind 0: Kein Gatter liest den Zustand</translation>
  </message>
  <message>
   <source>The same in a recurrent cell</source>
   <translation>Dasselbe in einer rekurrenten Zelle</translation>
  </message>
  <message>
   <source>The same samples through a layer and through a recurrent cell.</source>
   <translation>Dieselben Beispiele durch eine Schicht und durch eine rekurrente Zelle.</translation>
  </message>
  <message>
   <source>The screen is black</source>
   <translation>Der Bildschirm ist schwarz</translation>
  </message>
  <message>
   <source>The screen is white</source>
   <translation>Der Bildschirm ist weiß</translation>
  </message>
  <message>
   <source>The screen saver cannot be held off here; switch it off for the lecture.</source>
   <translation>Der Bildschirmschoner lässt sich hier nicht aufhalten; schalten Sie ihn für die Vorlesung aus.</translation>
  </message>
  <message>
   <source>The simplest recurrent cell, operation by operation.</source>
   <translation>Die einfachste rekurrente Zelle, Rechenschritt für Rechenschritt.</translation>
  </message>
  <message>
   <source>The state s leaves the cell and enters it again with the next sample.</source>
   <translation>Der Zustand s verlässt die Zelle und kommt mit dem nächsten Beispiel wieder herein.</translation>
  </message>
  <message>
   <source>The step in words</source>
   <translation>Der Schritt in Worten</translation>
  </message>
  <message>
   <source>The steps from behind</source>
   <translation>Die Schritte von hinten</translation>
  </message>
  <message>
   <source>The target of a {what} is the next one, or none.</source>
   <translation>Das Ziel ist jeweils das nächste ({what}) oder keines.</translation>
  </message>
  <message>
   <source>The target of step {row} is step {row2}: change it there.</source>
   <translation>Das Ziel von Schritt {row} ist Schritt {row2}: Dort ist es zu ändern.</translation>
  </message>
  <message>
   <source>The values after update {before:,} are kept.</source>
   <translation>Die Werte nach Änderung {before:,} bleiben.</translation>
  </message>
  <message>
   <source>The weight that changes most</source>
   <translation>Das Gewicht, das sich am meisten ändert</translation>
  </message>
  <message>
   <source>The whole sequence twice</source>
   <translation>Die ganze Folge zweimal</translation>
  </message>
  <message>
   <source>The whole sequence {n} times</source>
   <translation>Die ganze Folge {n}-mal</translation>
  </message>
  <message>
   <source>The window, which is not presented</source>
   <translation>Das Fenster, es wird nicht vorgeführt</translation>
  </message>
  <message>
   <source>The words were not written: {error}</source>
   <translation>Die Worte wurden nicht geschrieben: {error}</translation>
  </message>
  <message>
   <source>The {gate} is held at {level:.0f}, whatever it reads</source>
   <translation>{gate} bleibt bei {level:.0f}, was immer es liest</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Farbschema</translation>
  </message>
  <message>
   <source>There are no notes for this stop.</source>
   <translation>Zu diesem Halt gibt es keine Notizen.</translation>
  </message>
  <message>
   <source>There are the samples {least} to {last}</source>
   <translation>Es gibt die Beispiele {least} bis {last}</translation>
  </message>
  <message>
   <source>There is no such file</source>
   <translation>Diese Datei gibt es nicht</translation>
  </message>
  <message>
   <source>Think for yourself first.</source>
   <translation>Erst allein nachdenken.</translation>
  </message>
  <message>
   <source>This text has {words} different tokens, and an input for each.</source>
   <translation>Dieser Text hat {words} verschiedene Zeichen und für jedes eine Eingabe.</translation>
  </message>
  <message>
   <source>This tutorial</source>
   <translation>Dieses Tutorial</translation>
  </message>
  <message>
   <source>Three gates and a candidate</source>
   <translation>Drei Gatter und ein Kandidat</translation>
  </message>
  <message>
   <source>Three questions</source>
   <translation>Drei Fragen</translation>
  </message>
  <message>
   <source>Three ways of updating, and what the index of the weights means.</source>
   <translation>Drei Arten, die Gewichte zu ändern, und was ihr Index bedeutet.</translation>
  </message>
  <message>
   <source>To take along</source>
   <translation>Zum Mitnehmen</translation>
  </message>
  <message>
   <source>Total</source>
   <translation>Insgesamt</translation>
  </message>
  <message>
   <source>Total, with 1 more line</source>
   <translation>Insgesamt, mit 1 weiteren Zeile</translation>
  </message>
  <message>
   <source>Total, with {lines} more lines</source>
   <translation>Insgesamt, mit {lines} weiteren Zeilen</translation>
  </message>
  <message>
   <source>Traditional</source>
   <translation>Herkömmlich</translation>
  </message>
  <message>
   <source>Traditional layer</source>
   <translation>Herkömmliche Schicht</translation>
  </message>
  <message>
   <source>Train</source>
   <translation>Trainieren</translation>
  </message>
  <message>
   <source>Train ({words})</source>
   <translation>Trainieren ({words})</translation>
  </message>
  <message>
   <source>Train both</source>
   <translation>Beide lernen lassen</translation>
  </message>
  <message>
   <source>Train both ({words})</source>
   <translation>Beide trainieren ({words})</translation>
  </message>
  <message>
   <source>Train both layers</source>
   <translation>Beide Schichten trainieren</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>Training mode</source>
   <translation>Trainingsmodus</translation>
  </message>
  <message>
   <source>Training stopped: {error}</source>
   <translation>Das Training wurde beendet: {error}</translation>
  </message>
  <message>
   <source>Try it: {trial}</source>
   <translation>Zum Ausprobieren: {trial}</translation>
  </message>
  <message>
   <source>Tutorial</source>
   <translation>Tutorial</translation>
  </message>
  <message>
   <source>Two gates</source>
   <translation>Zwei Gatter</translation>
  </message>
  <message>
   <source>Two gates, one state, and a reset before or after the product.</source>
   <translation>Zwei Gatter, ein Zustand, und ein Zurücksetzen vor oder nach dem Produkt.</translation>
  </message>
  <message>
   <source>Two products</source>
   <translation>Zwei Produkte</translation>
  </message>
  <message>
   <source>Two states</source>
   <translation>Zwei Zustände</translation>
  </message>
  <message>
   <source>U is set to 0: every step forgets the one before</source>
   <translation>U ist auf 0 gesetzt: Jeder Schritt vergisst den davor</translation>
  </message>
  <message>
   <source>U, W, V, h, o</source>
   <translation>U, W, V, h, o</translation>
  </message>
  <message>
   <source>Uncertainty</source>
   <translation>Unsicherheit</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Undo: {name}</source>
   <translation>Rückgängig: {name}</translation>
  </message>
  <message>
   <source>Unrolled</source>
   <translation>Entrollt</translation>
  </message>
  <message>
   <source>Unrolled in time</source>
   <translation>In der Zeit entrollt</translation>
  </message>
  <message>
   <source>Unsaved work cannot be kept for a later start: {reason}. Save it yourself.</source>
   <translation>Ungesicherte Arbeit kann nicht für einen späteren Start behalten werden: {reason}. Bitte selbst sichern.</translation>
  </message>
  <message>
   <source>Untrained net, random weights (seed {seed})</source>
   <translation>Untrainiertes Netz, zufällige Gewichte (Startzahl {seed})</translation>
  </message>
  <message>
   <source>Update after</source>
   <translation>Ändern nach</translation>
  </message>
  <message>
   <source>Update gate</source>
   <translation>Erneuerungs-Gatter</translation>
  </message>
  <message>
   <source>Update gate z = 0</source>
   <translation>Erneuerungs-Gatter z = 0</translation>
  </message>
  <message>
   <source>Update gate z = 1</source>
   <translation>Erneuerungs-Gatter z = 1</translation>
  </message>
  <message>
   <source>Updated after every sample</source>
   <translation>Geändert nach jedem Beispiel</translation>
  </message>
  <message>
   <source>Updated at the end</source>
   <translation>Geändert am Ende</translation>
  </message>
  <message>
   <source>Updates of a run</source>
   <translation>Änderungen je Lauf</translation>
  </message>
  <message>
   <source>Use it</source>
   <translation>Verwenden</translation>
  </message>
  <message>
   <source>Use this cell</source>
   <translation>Diese Zelle verwenden</translation>
  </message>
  <message>
   <source>VALUE</source>
   <translation>WERT</translation>
  </message>
  <message>
   <source>VIEWS</source>
   <translation>ANSICHTEN</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>Views</source>
   <translation>Ansichten</translation>
  </message>
  <message>
   <source>Views fade into each other instead of turning</source>
   <translation>Ansichten werden überblendet statt verwandelt</translation>
  </message>
  <message>
   <source>Vote again.</source>
   <translation>Noch einmal abstimmen.</translation>
  </message>
  <message>
   <source>Vote now: A, B, C or D.</source>
   <translation>Jetzt abstimmen: A, B, C oder D.</translation>
  </message>
  <message>
   <source>WEIGHTS</source>
   <translation>GEWICHTE</translation>
  </message>
  <message>
   <source>WEIGHTS{note}</source>
   <translation>GEWICHTE{note}</translation>
  </message>
  <message>
   <source>WHAT IF</source>
   <translation>WAS WÄRE WENN</translation>
  </message>
  <message>
   <source>WITH NUMBERS</source>
   <translation>MIT ZAHLEN</translation>
  </message>
  <message>
   <source>W_xh, W_hh, h</source>
   <translation>W_xh, W_hh, h</translation>
  </message>
  <message>
   <source>Watch the step.</source>
   <translation>Der Schritt selbst.</translation>
  </message>
  <message>
   <source>Weights</source>
   <translation>Gewichte</translation>
  </message>
  <message>
   <source>Weights from a seed…</source>
   <translation>Gewichte aus einer Startzahl…</translation>
  </message>
  <message>
   <source>Weights frozen</source>
   <translation>Gewichte eingefroren</translation>
  </message>
  <message>
   <source>Weights updated after every sample</source>
   <translation>Gewichte nach jedem Beispiel geändert</translation>
  </message>
  <message>
   <source>Weights updated after every sample: &lt;W|W_{t+1}&gt; = &lt;W|W_t&gt; + &lt;W|ΔW_t&gt;</source>
   <translation>Gewichte nach jedem Beispiel geändert: &lt;W|W_{t+1}&gt; = &lt;W|W_t&gt; + &lt;W|ΔW_t&gt;</translation>
  </message>
  <message>
   <source>Weights updated after {count} of {count2} samples, the same W elsewhere</source>
   <translation>Gewichte nach {count} von {count2} Beispielen geändert, sonst dasselbe W</translation>
  </message>
  <message>
   <source>Weights updated once after the sequence</source>
   <translation>Gewichte einmal nach der Folge geändert</translation>
  </message>
  <message>
   <source>What R() is</source>
   <translation>Was R() ist</translation>
  </message>
  <message>
   <source>What comes next in a text, and what the state holds for it.</source>
   <translation>Was in einem Text als Nächstes kommt und was der Zustand dafür festhält.</translation>
  </message>
  <message>
   <source>What each node computes</source>
   <translation>Was jeder Knoten berechnet</translation>
  </message>
  <message>
   <source>What enters is there: {formula}.</source>
   <translation>Was hereinkommt, ist da: {formula}.</translation>
  </message>
  <message>
   <source>What if</source>
   <translation>Was wäre wenn</translation>
  </message>
  <message>
   <source>What if U is 0?</source>
   <translation>Was, wenn U = 0 ist?</translation>
  </message>
  <message>
   <source>What if a gate stands still?</source>
   <translation>Was, wenn ein Gatter stillsteht?</translation>
  </message>
  <message>
   <source>What if f = 0?</source>
   <translation>Was, wenn f = 0?</translation>
  </message>
  <message>
   <source>What if one input is silent?</source>
   <translation>Was, wenn eine Eingabe stumm ist?</translation>
  </message>
  <message>
   <source>What if the state stays?</source>
   <translation>Was, wenn der Zustand bleibt?</translation>
  </message>
  <message>
   <source>What if the wire is cut?</source>
   <translation>Was, wenn die Leitung durchtrennt ist?</translation>
  </message>
  <message>
   <source>What if {held}?</source>
   <translation>Was, wenn {held}?</translation>
  </message>
  <message>
   <source>What is this: a click says what is meant</source>
   <translation>Was ist das: Ein Klick sagt, was gemeint ist</translation>
  </message>
  <message>
   <source>What is this: what is selected, or has the focus</source>
   <translation>Was ist das: das Gewählte oder das mit dem Fokus</translation>
  </message>
  <message>
   <source>What it remembers</source>
   <translation>Woran sie sich erinnert</translation>
  </message>
  <message>
   <source>What may come next</source>
   <translation>Was als Nächstes kommen kann</translation>
  </message>
  <message>
   <source>What will come out?</source>
   <translation>Was kommt heraus?</translation>
  </message>
  <message>
   <source>What will the {nth} value of ${symbol}$ be?</source>
   <translation>Wie groß wird der {nth} Wert von ${symbol}$?</translation>
  </message>
  <message>
   <source>What will the {ordinals} value of ${symbol}$ be?</source>
   <translation>Wie groß wird der {ordinals} Wert von ${symbol}$?</translation>
  </message>
  <message>
   <source>Which gate will be closed most?</source>
   <translation>Welches Gatter schließt am weitesten?</translation>
  </message>
  <message>
   <source>Which number will be value {number} of ${symbol}$?</source>
   <translation>Welche Zahl wird Wert {number} von ${symbol}$?</translation>
  </message>
  <message>
   <source>Which number will be value {unit} of ${symbol}$?</source>
   <translation>Welche Zahl wird Wert {unit} von ${symbol}$?</translation>
  </message>
  <message>
   <source>Which sign will the {nth} value of ${symbol}$ have?</source>
   <translation>Welches Vorzeichen hat der {nth} Wert von ${symbol}$?</translation>
  </message>
  <message>
   <source>Which sign will the {ordinals} value of ${symbol}$ have?</source>
   <translation>Welches Vorzeichen bekommt der {ordinals} Wert von ${symbol}$?</translation>
  </message>
  <message>
   <source>Which sign will value {number} of ${symbol}$ have?</source>
   <translation>Welches Vorzeichen hat Wert {number} von ${symbol}$?</translation>
  </message>
  <message>
   <source>Which sign will value {unit} of ${symbol}$ have?</source>
   <translation>Welches Vorzeichen bekommt Wert {unit} von ${symbol}$?</translation>
  </message>
  <message>
   <source>Which weight of ${symbol}$ changes most now?</source>
   <translation>Welches Gewicht von ${symbol}$ ändert sich jetzt am meisten?</translation>
  </message>
  <message>
   <source>Which weight of ${symbol}$ will change most?</source>
   <translation>Welches Gewicht von ${symbol}$ ändert sich am meisten?</translation>
  </message>
  <message>
   <source>Which word does the net expect next?</source>
   <translation>Welches Wort erwartet das Netz?</translation>
  </message>
  <message>
   <source>White screen</source>
   <translation>Weißer Schirm</translation>
  </message>
  <message>
   <source>Whose letters stand in pictures, formulas and lessons</source>
   <translation>Wessen Buchstaben in Bildern, Formeln und Lektionen stehen</translation>
  </message>
  <message>
   <source>Why is it so?</source>
   <translation>Warum ist es so?</translation>
  </message>
  <message>
   <source>With a readout</source>
   <translation>Mit Ausgabeschicht</translation>
  </message>
  <message>
   <source>Without a readout the {width} values of the state leave the layer.</source>
   <translation>Ohne Ausgabeschicht gehen die {width} Werte des Zustands hinaus.</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <source>Write R()…</source>
   <translation>R() schreiben…</translation>
  </message>
  <message>
   <source>Write a lesson</source>
   <translation>Eine Lektion schreiben</translation>
  </message>
  <message>
   <source>Write on at the next stop</source>
   <translation>Am nächsten Halt weiterschreiben</translation>
  </message>
  <message>
   <source>Write on at the stop before</source>
   <translation>Am vorigen Halt weiterschreiben</translation>
  </message>
  <message>
   <source>Write the cell {title}</source>
   <translation>Zelle {title} schreiben</translation>
  </message>
  <message>
   <source>Write the {field} of the lesson</source>
   <translation>{field} der Lektion schreiben</translation>
  </message>
  <message>
   <source>Write the {get} of stop {at}</source>
   <translation>{get} von Halt {at} schreiben</translation>
  </message>
  <message>
   <source>Write {before} {sign} {word}</source>
   <translation>{before} {sign} {word} schreiben</translation>
  </message>
  <message>
   <source>Write {group} @</source>
   <translation>{group} @ schreiben</translation>
  </message>
  <message>
   <source>Write {name}</source>
   <translation>{name} schreiben</translation>
  </message>
  <message>
   <source>Write {new}</source>
   <translation>{new} schreiben</translation>
  </message>
  <message>
   <source>Write {new} @ {value}</source>
   <translation>{new} @ {value} schreiben</translation>
  </message>
  <message>
   <source>YOU MAY WRITE</source>
   <translation>ERLAUBT IST</translation>
  </message>
  <message>
   <source>YOUR CELLS</source>
   <translation>EIGENE ZELLEN</translation>
  </message>
  <message>
   <source>YOUR OWN ROWS</source>
   <translation>EIGENE ZEILEN</translation>
  </message>
  <message>
   <source>Your own rows</source>
   <translation>Eigene Zeilen</translation>
  </message>
  <message>
   <source>Zero</source>
   <translation>Null</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom in at the pointer</source>
   <translation>Am Zeiger vergrößern</translation>
  </message>
  <message>
   <source>Zoom into one layer</source>
   <translation>Näher an eine Schicht heran</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>a line {state} = …</source>
   <translation>eine Zeile {state} = …</translation>
  </message>
  <message>
   <source>a matrix of {shape} × {shape2} numbers</source>
   <translation>eine Matrix aus {shape} × {shape2} Zahlen</translation>
  </message>
  <message>
   <source>a readout is added</source>
   <translation>eine Ausgabeschicht kommt dazu</translation>
  </message>
  <message>
   <source>a term of the sum of unit {i}</source>
   <translation>ein Summand von Einheit {i}</translation>
  </message>
  <message>
   <source>activation</source>
   <translation>Aktivierung</translation>
  </message>
  <message>
   <source>activations; f is the one of the menu</source>
   <translation>Aktivierungen; f ist die des Menüs</translation>
  </message>
  <message>
   <source>after every sample</source>
   <translation>nach jedem Beispiel</translation>
  </message>
  <message>
   <source>after the sequence</source>
   <translation>nach der Folge</translation>
  </message>
  <message>
   <source>all commands</source>
   <translation>alle Befehle</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>und {count} weitere</translation>
  </message>
  <message>
   <source>and {size} more</source>
   <translation>und {size} weitere</translation>
  </message>
  <message>
   <source>as it is</source>
   <translation>wie es ist</translation>
  </message>
  <message>
   <source>ask the class, reveal</source>
   <translation>die Klasse fragen, aufdecken</translation>
  </message>
  <message>
   <source>at the end</source>
   <translation>am Ende</translation>
  </message>
  <message>
   <source>aⁿbⁿ…</source>
   <translation>aⁿbⁿ…</translation>
  </message>
  <message>
   <source>ba, dii, guuu…</source>
   <translation>ba, dii, guuu…</translation>
  </message>
  <message>
   <source>back</source>
   <translation>zurück</translation>
  </message>
  <message>
   <source>back out</source>
   <translation>wieder hinaus</translation>
  </message>
  <message>
   <source>backpropagation through time</source>
   <translation>Backpropagation durch die Zeit</translation>
  </message>
  <message>
   <source>before f</source>
   <translation>vor f</translation>
  </message>
  <message>
   <source>before update {at:,}  ·  {loss_text}</source>
   <translation>vor Änderung {at:,}  ·  {loss_text}</translation>
  </message>
  <message>
   <source>black screen</source>
   <translation>schwarzer Schirm</translation>
  </message>
  <message>
   <source>both alike</source>
   <translation>beide gleich</translation>
  </message>
  <message>
   <source>candidate</source>
   <translation>Kandidat</translation>
  </message>
  <message>
   <source>candidate {name}</source>
   <translation>Kandidat {name}</translation>
  </message>
  <message>
   <source>cell state</source>
   <translation>Zellzustand</translation>
  </message>
  <message>
   <source>cell state c</source>
   <translation>Zellzustand c</translation>
  </message>
  <message>
   <source>clamp gate</source>
   <translation>Gatter festhalten</translation>
  </message>
  <message>
   <source>clamp {gate} = {level:.0f}</source>
   <translation>{gate} = {level:.0f} halten</translation>
  </message>
  <message>
   <source>click a tile to go to its row</source>
   <translation>ein Klick auf ein Feld führt zu seiner Zeile</translation>
  </message>
  <message>
   <source>close</source>
   <translation>schließen</translation>
  </message>
  <message>
   <source>close the window</source>
   <translation>Fenster schließen</translation>
  </message>
  <message>
   <source>column {column}</source>
   <translation>Spalte {column}</translation>
  </message>
  <message>
   <source>column {column}, {said}</source>
   <translation>Spalte {column}, {said}</translation>
  </message>
  <message>
   <source>comma</source>
   <translation>Komma</translation>
  </message>
  <message>
   <source>computed, read only</source>
   <translation>berechnet, nur lesbar</translation>
  </message>
  <message>
   <source>cut</source>
   <translation>durchtrennen</translation>
  </message>
  <message>
   <source>data in</source>
   <translation>Daten herein</translation>
  </message>
  <message>
   <source>decimals</source>
   <translation>Nachkommastellen</translation>
  </message>
  <message>
   <source>delete the stop</source>
   <translation>Halt löschen</translation>
  </message>
  <message>
   <source>difference</source>
   <translation>Differenz</translation>
  </message>
  <message>
   <source>discuss</source>
   <translation>besprechen</translation>
  </message>
  <message>
   <source>do it</source>
   <translation>ausführen</translation>
  </message>
  <message>
   <source>draw, erase</source>
   <translation>zeichnen, radieren</translation>
  </message>
  <message>
   <source>duplicate the stop</source>
   <translation>Halt verdoppeln</translation>
  </message>
  <message>
   <source>eighth</source>
   <translation>achte</translation>
  </message>
  <message>
   <source>entering {box}</source>
   <translation>geht in {box} hinein</translation>
  </message>
  <message>
   <source>every sample</source>
   <translation>jedes Beispiel</translation>
  </message>
  <message>
   <source>exactly zero</source>
   <translation>genau null</translation>
  </message>
  <message>
   <source>explain</source>
   <translation>erklären</translation>
  </message>
  <message>
   <source>factor  {now}</source>
   <translation>Faktor  {now}</translation>
  </message>
  <message>
   <source>few numbers</source>
   <translation>wenige Zahlen</translation>
  </message>
  <message>
   <source>fifth</source>
   <translation>fünfte</translation>
  </message>
  <message>
   <source>file</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>first</source>
   <translation>erste</translation>
  </message>
  <message>
   <source>first, last</source>
   <translation>erstes, letztes</translation>
  </message>
  <message>
   <source>fixed</source>
   <translation>fest</translation>
  </message>
  <message>
   <source>forget</source>
   <translation>Vergessen</translation>
  </message>
  <message>
   <source>forget gate</source>
   <translation>Vergessens-Gatter</translation>
  </message>
  <message>
   <source>fourth</source>
   <translation>vierte</translation>
  </message>
  <message>
   <source>freeze</source>
   <translation>einfrieren</translation>
  </message>
  <message>
   <source>from here</source>
   <translation>ab hier</translation>
  </message>
  <message>
   <source>from the start</source>
   <translation>von Anfang an</translation>
  </message>
  <message>
   <source>frozen</source>
   <translation>eingefroren</translation>
  </message>
  <message>
   <source>frozen after t = {frozen}</source>
   <translation>eingefroren nach t = {frozen}</translation>
  </message>
  <message>
   <source>full screen</source>
   <translation>ganzer Bildschirm</translation>
  </message>
  <message>
   <source>gate</source>
   <translation>Gatter</translation>
  </message>
  <message>
   <source>gates also see c</source>
   <translation>Gatter sehen auch c</translation>
  </message>
  <message>
   <source>gates f, i, o and a conveyor</source>
   <translation>Gatter f, i, o und ein Förderband</translation>
  </message>
  <message>
   <source>gates z and r</source>
   <translation>Gatter z und r</translation>
  </message>
  <message>
   <source>given</source>
   <translation>gegeben</translation>
  </message>
  <message>
   <source>hidden layer 1</source>
   <translation>verborgene Schicht 1</translation>
  </message>
  <message>
   <source>hidden layer 2</source>
   <translation>verborgene Schicht 2</translation>
  </message>
  <message>
   <source>history</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>i is 1 − f</source>
   <translation>i ist 1 − f</translation>
  </message>
  <message>
   <source>identity</source>
   <translation>Identität</translation>
  </message>
  <message>
   <source>input</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <source>input gate</source>
   <translation>Eingabe-Gatter</translation>
  </message>
  <message>
   <source>input layer</source>
   <translation>Eingabeschicht</translation>
  </message>
  <message>
   <source>input x</source>
   <translation>Eingabe x</translation>
  </message>
  <message>
   <source>input {n}</source>
   <translation>Eingabe {n}</translation>
  </message>
  <message>
   <source>inputs  (hidden layer 1)</source>
   <translation>Eingaben  (verborgene Schicht 1)</translation>
  </message>
  <message>
   <source>inputs  ({below})</source>
   <translation>Eingaben  ({below})</translation>
  </message>
  <message>
   <source>inputs {inputs} {arrow} {inputs2}</source>
   <translation>Eingaben {inputs} {arrow} {inputs2}</translation>
  </message>
  <message>
   <source>inside {box}</source>
   <translation>in {box}</translation>
  </message>
  <message>
   <source>inspector</source>
   <translation>Inspektor</translation>
  </message>
  <message>
   <source>instant</source>
   <translation>sofort</translation>
  </message>
  <message>
   <source>jump to a sample</source>
   <translation>zu einem Beispiel springen</translation>
  </message>
  <message>
   <source>laser pointer</source>
   <translation>Laserpunkt</translation>
  </message>
  <message>
   <source>layer 2</source>
   <translation>Schicht 2</translation>
  </message>
  <message>
   <source>layer {k}</source>
   <translation>Schicht {k}</translation>
  </message>
  <message>
   <source>layer {layer}</source>
   <translation>Schicht {layer}</translation>
  </message>
  <message>
   <source>leaving {box}</source>
   <translation>kommt aus {box}</translation>
  </message>
  <message>
   <source>length of the difference</source>
   <translation>Länge der Differenz</translation>
  </message>
  <message>
   <source>lessons</source>
   <translation>Lektionen</translation>
  </message>
  <message>
   <source>line</source>
   <translation>Zeile</translation>
  </message>
  <message>
   <source>line {line}</source>
   <translation>Zeile {line}</translation>
  </message>
  <message>
   <source>line {line}, column {column}: {reason}{wanted}</source>
   <translation>Zeile {line}, Spalte {column}: {reason}{wanted}</translation>
  </message>
  <message>
   <source>line {line}, {name}: {weights}</source>
   <translation>Zeile {line}, {name}: {weights}</translation>
  </message>
  <message>
   <source>log scale</source>
   <translation>logarithmisch</translation>
  </message>
  <message>
   <source>log scale  ·  {norm_text}</source>
   <translation>logarithmisch  ·  {norm_text}</translation>
  </message>
  <message>
   <source>made by sample {t}</source>
   <translation>gemacht von Beispiel {t}</translation>
  </message>
  <message>
   <source>matrix times vector</source>
   <translation>Matrix mal Vektor</translation>
  </message>
  <message>
   <source>mean squared error</source>
   <translation>mittlerer quadratischer Fehler</translation>
  </message>
  <message>
   <source>move</source>
   <translation>bewegen</translation>
  </message>
  <message>
   <source>move the selection</source>
   <translation>Auswahl bewegen</translation>
  </message>
  <message>
   <source>names</source>
   <translation>Namen</translation>
  </message>
  <message>
   <source>needs ${later_input}$</source>
   <translation>braucht ${later_input}$</translation>
  </message>
  <message>
   <source>needs ${later}$</source>
   <translation>braucht ${later}$</translation>
  </message>
  <message>
   <source>negative</source>
   <translation>negativ</translation>
  </message>
  <message>
   <source>new cell state</source>
   <translation>neuer Zellzustand</translation>
  </message>
  <message>
   <source>new state</source>
   <translation>neuer Zustand</translation>
  </message>
  <message>
   <source>new study</source>
   <translation>neue Studie</translation>
  </message>
  <message>
   <source>new window</source>
   <translation>neues Fenster</translation>
  </message>
  <message>
   <source>next</source>
   <translation>weiter</translation>
  </message>
  <message>
   <source>next item</source>
   <translation>nächstes Element</translation>
  </message>
  <message>
   <source>next part of the window</source>
   <translation>nächster Teil des Fensters</translation>
  </message>
  <message>
   <source>next way of updating</source>
   <translation>nächste Art des Änderns</translation>
  </message>
  <message>
   <source>next word, t = {t}, not computed yet</source>
   <translation>nächstes Wort, t = {t}, noch nicht berechnet</translation>
  </message>
  <message>
   <source>next word, t = {t}, {likeliest}; uncertainty {bits:.2f} of {most_bits:.2f} bits</source>
   <translation>nächstes Wort, t = {t}, {likeliest}; Unsicherheit {bits:.2f} von {most_bits:.2f} Bit</translation>
  </message>
  <message>
   <source>ninth</source>
   <translation>neunte</translation>
  </message>
  <message>
   <source>no state</source>
   <translation>kein Zustand</translation>
  </message>
  <message>
   <source>no targets</source>
   <translation>keine Ziele</translation>
  </message>
  <message>
   <source>nodes of hidden layer 2</source>
   <translation>Knoten der verborgenen Schicht 2</translation>
  </message>
  <message>
   <source>nodes of {name}</source>
   <translation>Knoten: {name}</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>none under 0.5</source>
   <translation>keins unter 0.5</translation>
  </message>
  <message>
   <source>not computed yet</source>
   <translation>noch nicht berechnet</translation>
  </message>
  <message>
   <source>not known yet</source>
   <translation>noch nicht bekannt</translation>
  </message>
  <message>
   <source>not now: {off}</source>
   <translation>jetzt nicht: {off}</translation>
  </message>
  <message>
   <source>numbers</source>
   <translation>Zahlen</translation>
  </message>
  <message>
   <source>numbers to zero</source>
   <translation>Zahlen auf null</translation>
  </message>
  <message>
   <source>of two minds</source>
   <translation>unentschieden</translation>
  </message>
  <message>
   <source>on time</source>
   <translation>im Plan</translation>
  </message>
  <message>
   <source>once after the sequence</source>
   <translation>einmal nach der Folge</translation>
  </message>
  <message>
   <source>one copy in focus</source>
   <translation>eine Kopie im Blick</translation>
  </message>
  <message>
   <source>one element holds the whole layer; so can every hidden and output layer</source>
   <translation>ein Element fasst die ganze Schicht; das kann jede verborgene und jede Ausgabeschicht</translation>
  </message>
  <message>
   <source>one gate f</source>
   <translation>ein Gatter f</translation>
  </message>
  <message>
   <source>one line per symbol, top to bottom</source>
   <translation>eine Zeile je Zeichen, von oben nach unten</translation>
  </message>
  <message>
   <source>one sample</source>
   <translation>ein Beispiel</translation>
  </message>
  <message>
   <source>one tile</source>
   <translation>ein Feld</translation>
  </message>
  <message>
   <source>one training update</source>
   <translation>eine Änderung der Gewichte</translation>
  </message>
  <message>
   <source>one value</source>
   <translation>ein Wert</translation>
  </message>
  <message>
   <source>one vector under the other</source>
   <translation>ein Vektor unter dem anderen</translation>
  </message>
  <message>
   <source>only on this screen</source>
   <translation>nur auf diesem Bildschirm</translation>
  </message>
  <message>
   <source>only this group</source>
   <translation>nur diese Gruppe</translation>
  </message>
  <message>
   <source>open</source>
   <translation>öffnen</translation>
  </message>
  <message>
   <source>open the cell, edit</source>
   <translation>Zelle öffnen, ändern</translation>
  </message>
  <message>
   <source>opened</source>
   <translation>geöffnet</translation>
  </message>
  <message>
   <source>output</source>
   <translation>Ausgabe</translation>
  </message>
  <message>
   <source>output gate</source>
   <translation>Ausgabe-Gatter</translation>
  </message>
  <message>
   <source>output layer</source>
   <translation>Ausgabeschicht</translation>
  </message>
  <message>
   <source>output y</source>
   <translation>Ausgabe y</translation>
  </message>
  <message>
   <source>outputs {outputs} {arrow} {outputs2}</source>
   <translation>Ausgaben {outputs} {arrow} {outputs2}</translation>
  </message>
  <message>
   <source>page {page_at} of {count}: {value}</source>
   <translation>Seite {page_at} von {count}: {value}</translation>
  </message>
  <message>
   <source>page {page} of {count}: {words}</source>
   <translation>Seite {page} von {count}: {words}</translation>
  </message>
  <message>
   <source>part {done} / {count}</source>
   <translation>Teil {done} / {count}</translation>
  </message>
  <message>
   <source>play, pause</source>
   <translation>abspielen, anhalten</translation>
  </message>
  <message>
   <source>positive</source>
   <translation>positiv</translation>
  </message>
  <message>
   <source>prediction</source>
   <translation>Vorhersage</translation>
  </message>
  <message>
   <source>preferences</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>presenter's window</source>
   <translation>Vortragsfenster</translation>
  </message>
  <message>
   <source>product {w} {i} {j} times x {j}</source>
   <translation>Produkt {w} {i} {j} mal x {j}</translation>
  </message>
  <message>
   <source>question</source>
   <translation>Frage</translation>
  </message>
  <message>
   <source>quit</source>
   <translation>beenden</translation>
  </message>
  <message>
   <source>r before the product</source>
   <translation>r vor dem Produkt</translation>
  </message>
  <message>
   <source>random, seed {seed}</source>
   <translation>zufällig, Startzahl {seed}</translation>
  </message>
  <message>
   <source>record the picture</source>
   <translation>das Bild aufzeichnen</translation>
  </message>
  <message>
   <source>redo</source>
   <translation>wiederholen</translation>
  </message>
  <message>
   <source>relu</source>
   <translation>ReLU</translation>
  </message>
  <message>
   <source>reset</source>
   <translation>Zurücksetzen</translation>
  </message>
  <message>
   <source>reset gate</source>
   <translation>Rücksetz-Gatter</translation>
  </message>
  <message>
   <source>reveal</source>
   <translation>aufdecken</translation>
  </message>
  <message>
   <source>right</source>
   <translation>richtig</translation>
  </message>
  <message>
   <source>rounded</source>
   <translation>gerundet</translation>
  </message>
  <message>
   <source>row {row:,} of {count:,}</source>
   <translation>Zeile {row:,} von {count:,}</translation>
  </message>
  <message>
   <source>run from here</source>
   <translation>ab hier laufen lassen</translation>
  </message>
  <message>
   <source>sample 0 to {steps}, Enter</source>
   <translation>Beispiel 0 bis {steps}, Enter</translation>
  </message>
  <message>
   <source>sample {t} of {steps}, sub-step {done} of {count}</source>
   <translation>Beispiel {t} von {steps}, Teilschritt {done} von {count}</translation>
  </message>
  <message>
   <source>save</source>
   <translation>sichern</translation>
  </message>
  <message>
   <source>save as</source>
   <translation>sichern unter</translation>
  </message>
  <message>
   <source>second</source>
   <translation>zweite</translation>
  </message>
  <message>
   <source>seed, now {seed}, Enter</source>
   <translation>Startzahl, jetzt {seed}, Enter</translation>
  </message>
  <message>
   <source>selection in time</source>
   <translation>Auswahl in der Zeit</translation>
  </message>
  <message>
   <source>semicolon</source>
   <translation>Strichpunkt</translation>
  </message>
  <message>
   <source>seventh</source>
   <translation>siebte</translation>
  </message>
  <message>
   <source>sigmoid</source>
   <translation>Sigmoide</translation>
  </message>
  <message>
   <source>silence</source>
   <translation>stumm</translation>
  </message>
  <message>
   <source>sixth</source>
   <translation>sechste</translation>
  </message>
  <message>
   <source>slower, faster</source>
   <translation>langsamer, schneller</translation>
  </message>
  <message>
   <source>spotlight, held</source>
   <translation>Lichtkreis, gehalten</translation>
  </message>
  <message>
   <source>state</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>state cut</source>
   <translation>Zustand durchtrennt</translation>
  </message>
  <message>
   <source>state frozen</source>
   <translation>Zustand eingefroren</translation>
  </message>
  <message>
   <source>state of the step before</source>
   <translation>Zustand des Schritts davor</translation>
  </message>
  <message>
   <source>state running</source>
   <translation>Zustand läuft</translation>
  </message>
  <message>
   <source>state s</source>
   <translation>Zustand s</translation>
  </message>
  <message>
   <source>step</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>step {first}</source>
   <translation>Schritt {first}</translation>
  </message>
  <message>
   <source>step {row}, </source>
   <translation>Schritt {row}, </translation>
  </message>
  <message>
   <source>step {row}, {replace}: {value}</source>
   <translation>Schritt {row}, {replace}: {value}</translation>
  </message>
  <message>
   <source>steps {first} to {last}</source>
   <translation>Schritte {first} bis {last}</translation>
  </message>
  <message>
   <source>stop after, before</source>
   <translation>Halt danach, davor</translation>
  </message>
  <message>
   <source>stop up, down</source>
   <translation>Halt nach oben, unten</translation>
  </message>
  <message>
   <source>stop {k} lesson</source>
   <translation>Halt {k} Lektion</translation>
  </message>
  <message>
   <source>stop {k} of {title}</source>
   <translation>Halt {k} von {title}</translation>
  </message>
  <message>
   <source>structure</source>
   <translation>Aufbau</translation>
  </message>
  <message>
   <source>sub-steps or samples</source>
   <translation>Teilschritte oder Beispiele</translation>
  </message>
  <message>
   <source>sum 100 %</source>
   <translation>Summe 100 %</translation>
  </message>
  <message>
   <source>sum, difference</source>
   <translation>Summe, Differenz</translation>
  </message>
  <message>
   <source>tab</source>
   <translation>Tabulator</translation>
  </message>
  <message>
   <source>take it for the stop</source>
   <translation>es für den Halt übernehmen</translation>
  </message>
  <message>
   <source>tanh</source>
   <translation>tanh</translation>
  </message>
  <message>
   <source>target</source>
   <translation>Ziel</translation>
  </message>
  <message>
   <source>target (next step)</source>
   <translation>Ziel (nächster Schritt)</translation>
  </message>
  <message>
   <source>target (next word)</source>
   <translation>Ziel (nächstes Wort)</translation>
  </message>
  <message>
   <source>target 1</source>
   <translation>Ziel 1</translation>
  </message>
  <message>
   <source>target 2</source>
   <translation>Ziel 2</translation>
  </message>
  <message>
   <source>target 3</source>
   <translation>Ziel 3</translation>
  </message>
  <message>
   <source>target {index}</source>
   <translation>Ziel {index}</translation>
  </message>
  <message>
   <source>target {numbers}</source>
   <translation>Ziel {numbers}</translation>
  </message>
  <message>
   <source>target{place}</source>
   <translation>Ziel{place}</translation>
  </message>
  <message>
   <source>tenth</source>
   <translation>zehnte</translation>
  </message>
  <message>
   <source>text size</source>
   <translation>Textgröße</translation>
  </message>
  <message>
   <source>the cell of the study</source>
   <translation>die Zelle der Studie</translation>
  </message>
  <message>
   <source>the class said</source>
   <translation>die Klasse sagte</translation>
  </message>
  <message>
   <source>the clipboard, row {r}, column {c}</source>
   <translation>die Zwischenablage, Zeile {r}, Spalte {c}</translation>
  </message>
  <message>
   <source>the first state</source>
   <translation>der erste Zustand</translation>
  </message>
  <message>
   <source>the layer</source>
   <translation>die Schicht</translation>
  </message>
  <message>
   <source>the net says</source>
   <translation>das Netz sagt</translation>
  </message>
  <message>
   <source>the output comes back</source>
   <translation>die Ausgabe kommt zurück</translation>
  </message>
  <message>
   <source>the same at every sample</source>
   <translation>bei jedem Beispiel gleich</translation>
  </message>
  <message>
   <source>the same in the sequence</source>
   <translation>in der Folge gleich</translation>
  </message>
  <message>
   <source>the seven views</source>
   <translation>die sieben Ansichten</translation>
  </message>
  <message>
   <source>the table of the sequence</source>
   <translation>die Tabelle der Folge</translation>
  </message>
  <message>
   <source>the target{at}</source>
   <translation>das Ziel{at}</translation>
  </message>
  <message>
   <source>the word{at}</source>
   <translation>das Wort{at}</translation>
  </message>
  <message>
   <source>the {count} likeliest of {count2}</source>
   <translation>die {count} wahrscheinlichsten von {count2}</translation>
  </message>
  <message>
   <source>theme</source>
   <translation>Farbschema</translation>
  </message>
  <message>
   <source>there is no input at sample {t}; samples 1 to {steps} have one.</source>
   <translation>bei Beispiel {t} gibt es keine Eingabe; die Beispiele 1 bis {steps} haben eine.</translation>
  </message>
  <message>
   <source>there is no target at sample {t}; samples 1 to {steps} have one.</source>
   <translation>bei Beispiel {t} gibt es kein Ziel; die Beispiele 1 bis {steps} haben eines.</translation>
  </message>
  <message>
   <source>think</source>
   <translation>nachdenken</translation>
  </message>
  <message>
   <source>third</source>
   <translation>dritte</translation>
  </message>
  <message>
   <source>this sheet</source>
   <translation>diese Übersicht</translation>
  </message>
  <message>
   <source>time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>token</source>
   <translation>Zeichen</translation>
  </message>
  <message>
   <source>train, stop</source>
   <translation>trainieren, anhalten</translation>
  </message>
  <message>
   <source>training mode</source>
   <translation>Trainingsmodus</translation>
  </message>
  <message>
   <source>undo</source>
   <translation>rückgängig</translation>
  </message>
  <message>
   <source>update</source>
   <translation>Erneuern</translation>
  </message>
  <message>
   <source>update gate</source>
   <translation>Erneuerungs-Gatter</translation>
  </message>
  <message>
   <source>used by sample {t}</source>
   <translation>benutzt von Beispiel {t}</translation>
  </message>
  <message>
   <source>value by value</source>
   <translation>Wert für Wert</translation>
  </message>
  <message>
   <source>values</source>
   <translation>Werte</translation>
  </message>
  <message>
   <source>vote 1</source>
   <translation>Wahl 1</translation>
  </message>
  <message>
   <source>vote 2</source>
   <translation>Wahl 2</translation>
  </message>
  <message>
   <source>weights U</source>
   <translation>Gewichte U</translation>
  </message>
  <message>
   <source>weights W</source>
   <translation>Gewichte W</translation>
  </message>
  <message>
   <source>weights, made when first named</source>
   <translation>Gewichte, entstehen beim ersten Nennen</translation>
  </message>
  <message>
   <source>what enters</source>
   <translation>was hereinkommt</translation>
  </message>
  <message>
   <source>what if</source>
   <translation>was wäre wenn</translation>
  </message>
  <message>
   <source>what is drawn: seed {seed:,}</source>
   <translation>was ausgelost wird: Startzahl {seed:,}</translation>
  </message>
  <message>
   <source>what is this</source>
   <translation>was ist das</translation>
  </message>
  <message>
   <source>what the output should be</source>
   <translation>was die Ausgabe sein soll</translation>
  </message>
  <message>
   <source>when weights are updated</source>
   <translation>wann Gewichte geändert werden</translation>
  </message>
  <message>
   <source>white screen</source>
   <translation>weißer Schirm</translation>
  </message>
  <message>
   <source>whole matrix, copy, paste</source>
   <translation>ganze Matrix, kopieren, einfügen</translation>
  </message>
  <message>
   <source>with U</source>
   <translation>mit U</translation>
  </message>
  <message>
   <source>with state</source>
   <translation>mit Zustand</translation>
  </message>
  <message>
   <source>with x</source>
   <translation>mit x</translation>
  </message>
  <message>
   <source>word {word}</source>
   <translation>Wort {word}</translation>
  </message>
  <message>
   <source>write every line</source>
   <translation>jede Zeile schreiben</translation>
  </message>
  <message>
   <source>write one, end</source>
   <translation>eine schreiben, beenden</translation>
  </message>
  <message>
   <source>write the cell</source>
   <translation>Zelle schreiben</translation>
  </message>
  <message>
   <source>wrong</source>
   <translation>falsch</translation>
  </message>
  <message>
   <source>x (one tile)</source>
   <translation>x (ein Feld)</translation>
  </message>
  <message>
   <source>x enters at W, b joins, the sum goes through f, {leaves}</source>
   <translation>x kommt bei W herein, b kommt dazu, die Summe geht durch f, {leaves}</translation>
  </message>
  <message>
   <source>x enters at W, the sum goes through f, y leaves.</source>
   <translation>x kommt bei W herein, die Summe geht durch f, y geht hinaus.</translation>
  </message>
  <message>
   <source>x enters at W, the sum goes through f, {leaves}</source>
   <translation>x kommt bei W herein, die Summe geht durch f, {leaves}</translation>
  </message>
  <message>
   <source>x silent</source>
   <translation>x stumm</translation>
  </message>
  <message>
   <source>y follows from line {line}</source>
   <translation>y folgt aus Zeile {line}</translation>
  </message>
  <message>
   <source>y leaves.</source>
   <translation>y geht hinaus.</translation>
  </message>
  <message>
   <source>zoom</source>
   <translation>vergrößern</translation>
  </message>
  <message>
   <source>zoom into this layer</source>
   <translation>diese Schicht vergrößern</translation>
  </message>
  <message>
   <source>{at} of {count}</source>
   <translation>{at} von {count}</translation>
  </message>
  <message>
   <source>{cell_word} {inputs} to {width}, seed {seed}</source>
   <translation>{cell_word} {inputs} nach {width}, Startzahl {seed}</translation>
  </message>
  <message>
   <source>{cell_word} {inputs} → {width}, values are kept</source>
   <translation>{cell_word} {inputs} → {width}, Werte bleiben</translation>
  </message>
  <message>
   <source>{chosen} of {count}</source>
   <translation>{chosen} von {count}</translation>
  </message>
  <message>
   <source>{count:,} different words: {some}</source>
   <translation>{count:,} verschiedene Wörter: {some}</translation>
  </message>
  <message>
   <source>{count:,} different {what}: {some}</source>
   <translation>{count:,} verschiedene {what}: {some}</translation>
  </message>
  <message>
   <source>{count:,} letters; they are read when it is taken</source>
   <translation>{count:,} Buchstaben; sie werden beim Übernehmen gelesen</translation>
  </message>
  <message>
   <source>{count:,} numbers each</source>
   <translation>je {count:,} Zahlen</translation>
  </message>
  <message>
   <source>{count:,} parameters</source>
   <translation>{count:,} Parameter</translation>
  </message>
  <message>
   <source>{count} errors</source>
   <translation>{count} Fehler</translation>
  </message>
  <message>
   <source>{count} found</source>
   <translation>{count} gefunden</translation>
  </message>
  <message>
   <source>{count} kept from the study</source>
   <translation>{count} aus der Studie übernommen</translation>
  </message>
  <message>
   <source>{count} lines</source>
   <translation>{count} Zeilen</translation>
  </message>
  <message>
   <source>{count} of {all} right</source>
   <translation>{count} von {all} richtig</translation>
  </message>
  <message>
   <source>{count} of {inputs} inputs, the strongest</source>
   <translation>{count} von {inputs} Eingaben, die stärksten</translation>
  </message>
  <message>
   <source>{count} sequences, this one of {steps}</source>
   <translation>{count} Folgen, diese: {steps}</translation>
  </message>
  <message>
   <source>{count} stops</source>
   <translation>{count} Halte</translation>
  </message>
  <message>
   <source>{count} studies were</source>
   <translation>{count} Studien waren</translation>
  </message>
  <message>
   <source>{count} targets</source>
   <translation>{count} Ziele</translation>
  </message>
  <message>
   <source>{count} votes</source>
   <translation>{count} Stimmen</translation>
  </message>
  <message>
   <source>{error}. Overwrite it, or save under another name?</source>
   <translation>{error}. Überschreiben oder unter anderem Namen sichern?</translation>
  </message>
  <message>
   <source>{first} to {first2} of {count}</source>
   <translation>{first} bis {first2} von {count}</translation>
  </message>
  <message>
   <source>{function} of {value}</source>
   <translation>{function} von {value}</translation>
  </message>
  <message>
   <source>{gap} ahead</source>
   <translation>{gap} voraus</translation>
  </message>
  <message>
   <source>{gap} behind</source>
   <translation>{gap} zurück</translation>
  </message>
  <message>
   <source>{gate} computed</source>
   <translation>{gate} berechnet</translation>
  </message>
  <message>
   <source>{gone} elapsed, {left} remaining. {plan}. {going}</source>
   <translation>{gone} vergangen, {left} übrig. {plan}. {going}</translation>
  </message>
  <message>
   <source>{group} has {texts}, but {group2} has {texts2}</source>
   <translation>{group} hat {texts}, aber {group2} hat {texts2}</translation>
  </message>
  <message>
   <source>{handed} leaves for the readout.</source>
   <translation>{handed} geht zur Ausgabeschicht.</translation>
  </message>
  <message>
   <source>{held}, clamped</source>
   <translation>{held}, festgehalten</translation>
  </message>
  <message>
   <source>{hint}   ·   Esc leaves</source>
   <translation>{hint}   ·   Esc beendet</translation>
  </message>
  <message>
   <source>{known} of {most_bits:.2f} bits</source>
   <translation>{known} von {most_bits:.2f} Bit</translation>
  </message>
  <message>
   <source>{last_votes} of {count} right</source>
   <translation>{last_votes} von {count} richtig</translation>
  </message>
  <message>
   <source>{left_out} more</source>
   <translation>{left_out} weitere</translation>
  </message>
  <message>
   <source>{length} values ({words})</source>
   <translation>{length} Werte ({words})</translation>
  </message>
  <message>
   <source>{live}, thin: {ghost}</source>
   <translation>{live}, dünn: {ghost}</translation>
  </message>
  <message>
   <source>{lower}, on</source>
   <translation>{lower}, an</translation>
  </message>
  <message>
   <source>{made:,} updates</source>
   <translation>{made:,} Änderungen</translation>
  </message>
  <message>
   <source>{names} frozen after sample {frozen}: later ones are computed from it</source>
   <translation>{names} nach Beispiel {frozen} eingefroren: Spätere werden daraus berechnet</translation>
  </message>
  <message>
   <source>{names} like {states}; {why}</source>
   <translation>{names} wie {states}; {why}</translation>
  </message>
  <message>
   <source>{names} of {name}</source>
   <translation>{names} von {name}</translation>
  </message>
  <message>
   <source>{names} values</source>
   <translation>{names} Werte</translation>
  </message>
  <message>
   <source>{name}  ·  {summary} — RNN Studio</source>
   <translation>{name}  ·  {summary} — RNN Studio</translation>
  </message>
  <message>
   <source>{name} (never saved)</source>
   <translation>{name} (nie gesichert)</translation>
  </message>
  <message>
   <source>{name} already has an equation above</source>
   <translation>{name} hat oben schon eine Gleichung</translation>
  </message>
  <message>
   <source>{name} at sample {min} is what updates have made of it. The one at sample 1 is given.</source>
   <translation>{name} bei Beispiel {min} ist, was die Änderungen daraus gemacht haben. Gegeben ist das bei Beispiel 1.</translation>
  </message>
  <message>
   <source>{name} cannot be opened: {error}</source>
   <translation>{name} lässt sich nicht öffnen: {error}</translation>
  </message>
  <message>
   <source>{name} cell</source>
   <translation>{name}-Zelle</translation>
  </message>
  <message>
   <source>{name} is computed from what is given: x, the first state, the weights and biases. Change one of these.</source>
   <translation>{name} wird aus dem Gegebenen berechnet: x, erster Zustand, Gewichte und Bias. Eines davon kann geändert werden.</translation>
  </message>
  <message>
   <source>{name} is {state} before the step, and no line gives {state}</source>
   <translation>{name} ist {state} vor dem Schritt, und keine Zeile ergibt {state}</translation>
  </message>
  <message>
   <source>{name} was not saved: {sentence}</source>
   <translation>{name} wurde nicht gesichert: {sentence}</translation>
  </message>
  <message>
   <source>{name} was not saved: {taken}; another name is wanted</source>
   <translation>{name} wurde nicht gesichert: {taken}; ein anderer Name ist nötig</translation>
  </message>
  <message>
   <source>{name} {formula} is given: {numbers}.</source>
   <translation>{name} {formula} ist gegeben: {numbers}.</translation>
  </message>
  <message>
   <source>{name}: {formula}. It is not computed yet.</source>
   <translation>{name}: {formula}. Noch nicht berechnet.</translation>
  </message>
  <message>
   <source>{name}: {formula}. It is {numbers}.</source>
   <translation>{name}: {formula}. Das ist {numbers}.</translation>
  </message>
  <message>
   <source>{number}: {cell} {size}</source>
   <translation>{number}: {cell} {size}</translation>
  </message>
  <message>
   <source>{n} nodes</source>
   <translation>{n} Knoten</translation>
  </message>
  <message>
   <source>{n} numbers</source>
   <translation>{n} Zahlen</translation>
  </message>
  <message>
   <source>{off_reason} {view_names} is shown.</source>
   <translation>{off_reason} Gezeigt wird {view_names}.</translation>
  </message>
  <message>
   <source>{option}, {count} votes</source>
   <translation>{option}, {count} Stimmen</translation>
  </message>
  <message>
   <source>{option}, {verdict}</source>
   <translation>{option}, {verdict}</translation>
  </message>
  <message>
   <source>{rows} of {count}</source>
   <translation>{rows} von {count}</translation>
  </message>
  <message>
   <source>{rows} × {cols} weights</source>
   <translation>{rows} × {cols} Gewichte</translation>
  </message>
  <message>
   <source>{said} elapsed, {said2} remaining, {said3}</source>
   <translation>{said} vergangen, {said2} übrig, {said3}</translation>
  </message>
  <message>
   <source>{said}. Thin: {ghost}</source>
   <translation>{said}. Dünn: {ghost}</translation>
  </message>
  <message>
   <source>{sequences} sequences</source>
   <translation>{sequences} Folgen</translation>
  </message>
  <message>
   <source>{size} nodes of {name}</source>
   <translation>{size} Knoten: {name}</translation>
  </message>
  <message>
   <source>{size} values</source>
   <translation>{size} Werte</translation>
  </message>
  <message>
   <source>{size} × {inputs} weights</source>
   <translation>{size} × {inputs} Gewichte</translation>
  </message>
  <message>
   <source>{steps:,} steps</source>
   <translation>{steps:,} Schritte</translation>
  </message>
  <message>
   <source>{steps:,} steps, {inputs:,} inputs, {targets} will be read.</source>
   <translation>{steps:,} Schritte, {inputs:,} Eingaben, {targets} werden gelesen.</translation>
  </message>
  <message>
   <source>{steps}, each one of {count:,} tokens.  Every one here is given and can be changed.</source>
   <translation>{steps}, jeweils eines von {count:,} Zeichen.  Alle hier sind gegeben und können geändert werden.</translation>
  </message>
  <message>
   <source>{steps}, {numbers}.  Every value here is given and can be changed.</source>
   <translation>{steps}, {numbers}.  Alle Werte hier sind gegeben und können geändert werden.</translation>
  </message>
  <message>
   <source>{stops} stops</source>
   <translation>{stops} Halte</translation>
  </message>
  <message>
   <source>{subject} not saved when RNN Studio ended.</source>
   <translation>{subject} nicht gesichert, als RNN Studio endete.</translation>
  </message>
  <message>
   <source>{taken}; another name is wanted.</source>
   <translation>{taken}; ein anderer Name ist nötig.</translation>
  </message>
  <message>
   <source>{taken}; what you change here is saved under another name.</source>
   <translation>{taken}; was hier geändert wird, wird unter anderem Namen gesichert.</translation>
  </message>
  <message>
   <source>{title} has no gate; the LSTM and the GRU have.</source>
   <translation>{title} hat kein Gatter; LSTM und GRU haben welche.</translation>
  </message>
  <message>
   <source>{title} has no recurrent weights that could be 0.</source>
   <translation>{title} hat keine rekurrenten Gewichte, die 0 sein könnten.</translation>
  </message>
  <message>
   <source>{title} has no state that could stay.</source>
   <translation>{title} hat keinen Zustand, der stehen bleiben könnte.</translation>
  </message>
  <message>
   <source>{title}, sample {t} of {steps}; {accessible}</source>
   <translation>{title}, Beispiel {t} von {steps}; {accessible}</translation>
  </message>
  <message>
   <source>{title}: before the first of {steps} samples</source>
   <translation>{title}: vor dem ersten von {steps} Beispielen</translation>
  </message>
  <message>
   <source>{title}: sample {t} of {steps}, sub-step {k} of {count}</source>
   <translation>{title}: Beispiel {t} von {steps}, Teilschritt {k} von {count}</translation>
  </message>
  <message>
   <source>{total:,} numbers in all</source>
   <translation>insgesamt {total:,} Zahlen</translation>
  </message>
  <message>
   <source>{total} votes</source>
   <translation>{total} Stimmen</translation>
  </message>
  <message>
   <source>{two} of {all_two} right in vote 2, {one} of {all_one} in vote 1</source>
   <translation>{two} von {all_two} richtig in Wahl 2, {one} von {all_one} in Wahl 1</translation>
  </message>
  <message>
   <source>{two} of {count} right in vote 2, {one} of {count2} in vote 1</source>
   <translation>{two} von {count} richtig in Abstimmung 2, {one} von {count2} in Abstimmung 1</translation>
  </message>
  <message>
   <source>{units} values per step</source>
   <translation>{units} Werte je Schritt</translation>
  </message>
  <message>
   <source>{value} samples</source>
   <translation>{value} Beispiele</translation>
  </message>
  <message>
   <source>{value}. {title} with {size} units learns it from {several}.</source>
   <translation>{value}. {title} mit {size} Einheiten lernt sie aus {several}.</translation>
  </message>
  <message>
   <source>{view} shows a recurrent cell, and {title} has no state.</source>
   <translation>{view} zeigt eine rekurrente Zelle, und {title} hat keinen Zustand.</translation>
  </message>
  <message>
   <source>{view} shows a traditional layer y = f(W·x), and the cell {title} names none; the views 5 to 7 show it.</source>
   <translation>{view} zeigt eine herkömmliche Schicht y = f(W·x), und die Zelle {title} nennt keine; die Ansichten 5 bis 7 zeigen sie.</translation>
  </message>
  <message>
   <source>{view} · t = {t} · part {done} / {count}</source>
   <translation>{view} · t = {t} · Teil {done} / {count}</translation>
  </message>
  <message>
   <source>{what}, last computed t = {t}</source>
   <translation>{what}, zuletzt berechnet t = {t}</translation>
  </message>
  <message>
   <source>{where}row {r}, column {c}</source>
   <translation>{where}Zeile {r}, Spalte {c}</translation>
  </message>
  <message>
   <source>{words}, given</source>
   <translation>{words}, gegeben</translation>
  </message>
  <message>
   <source>{word} gate</source>
   <translation>Gatter ({word})</translation>
  </message>
  <message>
   <source>{word} gate {gate} = {level:.0f}</source>
   <translation>Gatter {gate} = {level:.0f} ({word})</translation>
  </message>
  <message>
   <source>{word} gate {name}</source>
   <translation>Gatter {name} ({word})</translation>
  </message>
  <message>
   <source>“{name}” has changes that are not saved.</source>
   <translation>„{name}“ hat ungesicherte Änderungen.</translation>
  </message>
  <message>
   <source>“{text}” is no number; such as 0.5 is</source>
   <translation>„{text}“ ist keine Zahl; 0.5 etwa ist eine</translation>
  </message>
  <message>
   <source>“{text}” is no seed; a whole number from 0 on is</source>
   <translation>„{text}“ ist keine Startzahl; eine ganze Zahl ab 0 ist eine</translation>
  </message>
  <message>
   <source>… {count} more</source>
   <translation>… {count} weitere</translation>
  </message>
  <message>
   <source>… {size} more</source>
   <translation>… {size} weitere</translation>
  </message>
 </context>
</TS>
