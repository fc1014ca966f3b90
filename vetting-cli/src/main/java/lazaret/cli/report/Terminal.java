package lazaret.cli.report;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// The standard streams of a command: answers to standard output, everything else to standard
/// error. Whatever is printed is neutralised first. Thread-safe as far as progress is concerned.
public final class Terminal {
  private final PrintStream out;
  private final PrintStream err;
  private final BufferedReader in;
  private final Looks looks;

  /// Wraps the streams.
  ///
  /// @param in where answers of a person come from; read only where the looks allow asking
  public Terminal(PrintStream out, PrintStream err, Reader in, Looks looks) {
    this.out = out;
    this.err = err;
    this.in = new BufferedReader(in);
    this.looks = looks;
  }

  /// Returns what stands at the other end.
  public Looks looks() {
    return looks;
  }

  /// Returns standard output, for help texts of our own.
  public PrintWriter out() {
    return writer(out);
  }

  /// Returns standard error, for help texts of our own.
  public PrintWriter err() {
    return writer(err);
  }

  /// Returns standard output for what a program says that was run for a person: neutral already.
  public OutputStream output() {
    return out;
  }

  /// Returns standard error for what a program says that was run for a person: neutral already.
  public OutputStream errors() {
    return err;
  }

  /// Prints one line of an answer.
  public void line(Cell... cells) {
    out.println(painted(List.of(cells)));
  }

  /// Prints one unadorned line of an answer.
  public void line(String text) {
    line(Cell.of(text));
  }

  /// Prints a table, or nothing where it has no rows.
  public void table(Table table) {
    if (!table.isEmpty()) {
      table.lines(looks.width()).forEach(line -> out.println(painted(line)));
    }
  }

  /// Prints text of our own over several lines as it stands: a script, a configuration file.
  public void document(String text) {
    out.print(text);
    out.flush();
  }

  /// Prints a JSON document; strings in it are escaped as JSON demands, so control characters
  /// cannot reach a terminal.
  public void json(JsonObject document) {
    out.println(JsonText.pretty(document));
  }

  /// Prints a JSON document on one line, for streams of documents.
  public void jsonLine(JsonObject document) {
    out.println(JsonText.compact(document));
    out.flush();
  }

  /// Tells a person something that is not part of the answer.
  public void note(String text) {
    err.println(Plain.line(text));
  }

  /// Tells what went wrong: `error: ...`, and below it what belongs to it.
  public void error(String message, List<String> more) {
    err.println("error: " + Plain.line(message));
    more.forEach(line -> err.println("  " + Plain.line(line)));
    err.flush();
  }

  /// Asks a person yes or no; anything but `y` or `yes` is no.
  ///
  /// @throws IllegalStateException if nobody can be asked: see [Looks#asks()]
  public boolean confirms(String question) {
    String word = answer(question + " [y/N]").toLowerCase(Locale.ROOT);
    return word.equals("y") || word.equals("yes");
  }

  /// Asks a person for a word; the empty text where nothing came.
  ///
  /// @throws IllegalStateException if nobody can be asked: see [Looks#asks()]
  public String answer(String question) {
    if (!looks.asks()) {
      throw new IllegalStateException("nobody can be asked: no terminal");
    }
    out.flush();
    err.print(Plain.line(question) + " ");
    err.flush();
    try {
      String answer = in.readLine();
      return answer == null ? "" : answer.strip();
    } catch (IOException _) {
      return "";
    }
  }

  /// Asks a person for a secret, which is not shown while it is typed where standard output is a
  /// terminal, too.
  ///
  /// @return a new array, which whoever asked wipes; empty where nothing came
  /// @throws IllegalStateException if nobody can be asked: see [Looks#asks()]
  public char[] secret(String question) {
    // There is none where standard output goes elsewhere.
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (looks.asks() && console.isPresent()) {
      out.flush();
      char[] typed = console.get().readPassword("%s ", Plain.line(question));
      return typed == null ? new char[0] : typed;
    }
    return answer(question + " (shown as you type)").toCharArray();
  }

  /// Reads standard input to its end.
  ///
  /// @param most how many characters may come
  /// @throws IOException if more come, or reading fails
  public String read(int most) throws IOException {
    char[] buffer = new char[8_192];
    StringBuilder text = new StringBuilder();
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      text.append(buffer, 0, read);
      if (text.length() > most) {
        throw new IOException("over " + most + " characters");
      }
    }
    return text.toString();
  }

  /// Shows how far something is, on one line of a terminal that is written again and again; shows
  /// nothing elsewhere.
  ///
  /// @param total how many steps there are
  public Progress progress(int total) {
    return new Progress(looks.moves() ? err : null, total, System::nanoTime);
  }

  /// Shows on a terminal that something takes a while.
  ///
  /// @param what the work, for example `checking the store`
  public Waiting waiting(String what) {
    return waiting(what, () -> Share.UNKNOWN);
  }

  /// Shows on a terminal that something takes a while, and how much of it is done.
  ///
  /// @param what the work, for example `checking the store`
  /// @param done asked about once a second, from another thread
  public Waiting waiting(String what, Supplier<Share> done) {
    return new Waiting(looks.moves() ? err : null, what, done);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }

  private String painted(List<Cell> cells) {
    StringBuilder line = new StringBuilder();
    for (Cell cell : cells) {
      line.append(looks.colour() ? cell.style().paint(cell.text()) : cell.text());
    }
    return line.toString();
  }
}
