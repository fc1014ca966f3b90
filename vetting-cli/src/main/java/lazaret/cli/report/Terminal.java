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
import lazaret.vetting.Bytes;
import lazaret.vetting.deskapi.DeskJson;
import lazaret.vetting.json.JsonLayout;
import lazaret.vetting.progress.ProgressLine;
import lazaret.vetting.progress.ProgressMode;
import lazaret.vetting.progress.ProgressPrinter;
import lazaret.vetting.progress.ProgressShare;
import lazaret.vetting.text.Printable;

/// The standard streams of a command. Results go to standard output, everything else to standard
/// error. Control characters are replaced before printing. Only progress lines are thread-safe.
public final class Terminal {
  /// The width that progress lines assume if the terminal is not narrower.
  private static final int USUAL_WIDTH = 80;

  private final PrintStream out;
  private final PrintStream err;
  private final BufferedReader in;
  private final TerminalCapabilities looks;

  /// Creates a terminal from the streams.
  ///
  /// @param in the source of a person's answers; only read if `looks` permits questions
  public Terminal(PrintStream out, PrintStream err, Reader in, TerminalCapabilities looks) {
    this.out = out;
    this.err = err;
    this.in = new BufferedReader(in);
    this.looks = looks;
  }

  /// Returns the properties of the terminal or files behind the streams.
  public TerminalCapabilities looks() {
    return looks;
  }

  /// Returns standard output for this program's own help texts.
  public PrintWriter out() {
    return writer(out);
  }

  /// Returns standard error for this program's own help texts.
  public PrintWriter err() {
    return writer(err);
  }

  /// Returns standard output for the output of a program that was run, in which control characters
  /// are already replaced.
  public OutputStream output() {
    return out;
  }

  /// Returns standard error for the output of a program that was run, in which control characters
  /// are already replaced.
  public OutputStream errors() {
    return err;
  }

  /// Prints one line of the result.
  public void line(Cell... cells) {
    out.println(painted(List.of(cells)));
  }

  /// Prints one line of the result in the plain style.
  public void line(String text) {
    line(Cell.of(text));
  }

  /// Prints a table, unless it has no rows.
  public void table(TextTable table) {
    if (!table.isEmpty()) {
      table
          .lines(looks.fits() ? looks.width() : Integer.MAX_VALUE)
          .forEach(line -> out.println(painted(line)));
    }
  }

  /// Prints trusted text of several lines unchanged, for example a script or a configuration file.
  public void document(String text) {
    out.print(text);
    out.flush();
  }

  /// Prints a JSON document. Control characters cannot reach a terminal, because JSON escapes them.
  public void json(Bytes document) {
    out.println(JsonLayout.indented(document));
  }

  /// Prints a record as a JSON document.
  public void json(Record document) {
    json(DeskJson.encode(document));
  }

  /// Prints a record as a JSON document on one line, for streams of documents.
  public void jsonLine(Record document) {
    out.println(JsonLayout.compact(DeskJson.encode(document)));
    out.flush();
  }

  /// Prints a line that is not part of the result.
  public void note(String text) {
    err.println(Printable.line(text));
  }

  /// Prints an error as `error: ...`, with further lines below it.
  public void error(String message, List<String> more) {
    err.println("error: " + Printable.line(message));
    more.forEach(line -> err.println("  " + Printable.line(line)));
    err.flush();
  }

  /// Asks a yes-or-no question. Every answer but `y` or `yes` is no.
  ///
  /// @throws IllegalStateException if there is no terminal for questions: see
  ///   [TerminalCapabilities#asks()]
  public boolean confirms(String question) {
    String word = readAnswer(question + " [y/N]").toLowerCase(Locale.ROOT);
    return word.equals("y") || word.equals("yes");
  }

  /// Asks for a word and returns it, or the empty text if there was no answer.
  ///
  /// @throws IllegalStateException if there is no terminal for questions: see
  ///   [TerminalCapabilities#asks()]
  public String readAnswer(String question) {
    if (!looks.asks()) {
      throw new IllegalStateException("cannot ask: no terminal");
    }
    out.flush();
    err.print(Printable.line(question) + " ");
    err.flush();
    try {
      String answer = in.readLine();
      return answer == null ? "" : answer.strip();
    } catch (IOException _) {
      return "";
    }
  }

  /// Asks for a secret. It is hidden while it is typed if standard output is a terminal, too.
  ///
  /// @return a new array that the caller must wipe; empty if there was no answer
  /// @throws IllegalStateException if there is no terminal for questions: see
  ///   [TerminalCapabilities#asks()]
  public char[] secret(String question) {
    // There is no console if standard output is redirected.
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
    if (looks.asks() && console.isPresent()) {
      out.flush();
      char[] typed = console.get().readPassword("%s ", Printable.line(question));
      return typed == null ? new char[0] : typed;
    }
    return readAnswer(question + " (shown as you type)").toCharArray();
  }

  /// Reads standard input to its end.
  ///
  /// @param most the maximum number of characters
  /// @throws IOException if there are more characters, or if reading fails
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

  /// Returns the progress of an operation that counts its own steps.
  ///
  /// @param what the work, for example `checking the store`
  public ProgressLine progress(String what, ProgressMode mode) {
    return ProgressLine.counting(printer(what, mode));
  }

  /// Returns the progress of an operation elsewhere.
  ///
  /// @param what the work, for example `checking the store`
  /// @param share the completed share, requested once a second from another thread; may block
  public ProgressLine progress(String what, ProgressMode mode, Supplier<ProgressShare> share) {
    return ProgressLine.following(printer(what, mode), share);
  }

  private ProgressPrinter printer(String what, ProgressMode mode) {
    boolean absent = mode == ProgressMode.LINE && !looks.moves();
    return new ProgressPrinter(
        err, absent ? ProgressMode.NONE : mode, what, Math.min(looks.width(), USUAL_WIDTH));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }

  private String painted(List<Cell> cells) {
    StringBuilder line = new StringBuilder();
    for (Cell cell : cells) {
      line.append(looks.color() ? cell.style().paint(cell.text()) : cell.text());
    }
    return line.toString();
  }
}
