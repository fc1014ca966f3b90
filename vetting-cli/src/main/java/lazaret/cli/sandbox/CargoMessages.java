package lazaret.cli.sandbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.sandbox.bubblewrap.SandboxPaths;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.json.JsonLimits;
import lazaret.vetting.json.RecordCodec;
import lazaret.vetting.json.UnknownFields;
import org.jspecify.annotations.Nullable;

/// A stream that removes cargo's JSON messages from the standard output of a build and passes the
/// rest on. The messages are claims: a build script can print one, too, but can only name a file of
/// its own target folder in it. Not thread-safe.
///
/// Source: the Cargo book, *External tools*, *JSON messages*.
public final class CargoMessages extends OutputStream {
  /// The option that makes cargo write messages, and render diagnostics as usual.
  private static final String OPTION = "--message-format=json-render-diagnostics";

  /// The paths at which cargo puts final artifacts: with or without the platform, below the
  /// profile, and examples in a folder of their own. No name begins with a dot, so no file is one
  /// that programs or shells look for.
  private static final Pattern PLACE =
      Pattern.compile(
          Pattern.quote(SandboxPaths.TARGET)
              + "/((?:NAME/){1,2}(?:examples/)?NAME)"
                  .replace("NAME", "[A-Za-z0-9_][^/\\p{Cntrl}]*"));

  private static final int MOST_LINE = 4 << 20;
  private static final int MOST_FILES = 10_000;
  private static final Set<String> FINAL = Set.of("bin", "cdylib", "example", "staticlib");
  private static final Set<String> INNER = Set.of("build", "deps", "incremental");

  private static final RecordCodec CODEC =
      RecordCodec.of(
          List.of(),
          new JsonLimits(MOST_LINE, 64, 100_000),
          UnknownFields.IGNORED,
          "the message of cargo");

  /// A message of cargo.
  ///
  /// @param reason the kind of the message
  /// @param target the target that was built; null for most messages
  /// @param filenames the files that were written
  private record Message(String reason, @Nullable BuiltTarget target, List<String> filenames) {}

  /// A target that was built.
  ///
  /// @param kind the kinds, for example `bin`
  private record BuiltTarget(List<String> kind) {}

  private final OutputStream rest;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<Path> files = new ArrayList<>();

  /// Creates a stream.
  ///
  /// @param rest the destination of all other lines
  public CargoMessages(OutputStream rest) {
    this.rest = rest;
  }

  /// Returns whether a command builds artifacts and does not choose a message format.
  public static boolean fit(List<String> command) {
    return command.size() > 1
        && command.getFirst().equals("cargo")
        && Set.of("build", "b").contains(command.get(1))
        && command.stream().noneMatch(word -> word.startsWith("--message-format"));
  }

  /// Returns the command with the option for messages if [#fit] accepts it, else the unchanged
  /// command.
  public static List<String> asked(List<String> command) {
    if (!fit(command)) {
      return command;
    }
    List<String> all = new ArrayList<>(command);
    all.add(2, OPTION);
    return all;
  }

  @Override
  public void write(int b) throws IOException {
    line.write(b);
    if (b == '\n' || line.size() >= MOST_LINE) {
      endLine();
    }
  }

  @Override
  public void flush() throws IOException {
    rest.flush();
  }

  /// Passes on an unfinished last line.
  @Override
  public void close() throws IOException {
    endLine();
    rest.flush();
  }

  private void endLine() throws IOException {
    byte[] bytes = line.toByteArray();
    line.reset();
    if (bytes.length == 0 || bytes[0] != '{' || !isMessage(Bytes.of(bytes))) {
      rest.write(bytes);
    }
  }

  private boolean isMessage(Bytes text) {
    try {
      Message message = CODEC.decode(Message.class, text);
      boolean wanted =
          message.reason().equals("compiler-artifact")
              && message.target() != null
              && message.target().kind().stream().anyMatch(FINAL::contains);
      if (wanted) {
        message.filenames().forEach(this::note);
      }
      return true;
    } catch (MalformedException _) {
      return false;
    }
  }

  private void note(String name) {
    Matcher place = PLACE.matcher(name);
    if (place.matches() && files.size() < MOST_FILES) {
      Path below = Path.of(place.group(1));
      for (Path part : below) {
        if (INNER.contains(part.toString())) {
          return;
        }
      }
      files.add(below);
    }
  }

  /// Returns the paths of the final artifacts, relative to the target folder.
  public List<Path> files() {
    return List.copyOf(files);
  }
}
