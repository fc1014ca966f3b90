package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.command.OperatorCommand;
import lazaret.storage.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The operator's program that looks at files before their content is taken, and what it has looked
/// at of one bundle. Not thread-safe.
final class Scanner {
  private static final int MOST_OUTPUT = 1 << 20;
  private static final int REFUSED = 1;

  private final ImportOrder.Scan scan;
  private final Path record;
  private final String key;
  private final List<String> lines = new ArrayList<>();

  private Scanner(ImportOrder.Scan scan, Path record) {
    this.scan = scan;
    this.record = record;
    this.key = Sha256.of(Bytes.utf8(String.join("\0", scan.command()))).hex().substring(0, 16);
  }

  /// Begins, or goes on.
  ///
  /// @param folder where it is kept what has been looked at
  static Scanner of(ImportOrder.Scan scan, Path folder) throws IOException {
    var scanner = new Scanner(scan, folder.resolve("scanned"));
    if (Files.exists(scanner.record)) {
      scanner.lines.addAll(Files.readAllLines(scanner.record));
    }
    return scanner;
  }

  /// Returns the parts that this program has not looked at.
  ///
  /// @param count how many there are
  BitSet unscanned(int count) {
    var parts = new BitSet();
    for (int part = 1; part <= count; part++) {
      parts.set(part, !lines.contains(line(part)));
    }
    return parts;
  }

  private String line(int part) {
    return key + " " + part;
  }

  /// Notes that a part was looked at, and is stored.
  void note(int part) throws IOException {
    lines.add(line(part));
    PrivateFiles.write(record, String.join("\n", lines) + "\n");
  }

  /// Has the program look at a file or a folder.
  ///
  /// @throws BundleException `scan-rejected` where it refuses it, `scan-failed` where it does not
  ///   come to an end that means anything
  void scan(Path file) {
    List<String> words = new ArrayList<>(scan.command());
    words.add(file.toAbsolutePath().toString());
    String program = scan.command().getFirst();
    switch (new OperatorCommand(words, scan.patience(), MOST_OUTPUT).run(Bytes.EMPTY)) {
      case OperatorCommand.Outcome.Ended(int code, Bytes output, String errors) -> {
        if (code == REFUSED) {
          throw new BundleException(
              BundleCode.SCAN_REJECTED,
              "cannot import the bundle: %s refuses '%s': %s"
                  .formatted(program, file.getFileName(), said(output, errors)));
        }
        if (code != 0) {
          throw failed(program, file, "it ended with %d: %s".formatted(code, said(output, errors)));
        }
      }
      case OperatorCommand.Outcome.TimedOut() ->
          throw failed(program, file, "it took more than " + scan.patience().toSeconds() + " s");
      case OperatorCommand.Outcome.Flooded() -> throw failed(program, file, "it said too much");
      case OperatorCommand.Outcome.NotBegun(String why) -> throw failed(program, file, why);
    }
  }

  private static String said(Bytes output, String errors) {
    String text = lazaret.vetting.Excerpt.of(output.text().strip());
    return text.isEmpty() ? errors : text;
  }

  private static BundleException failed(String program, Path file, String why) {
    return new BundleException(
        BundleCode.SCAN_FAILED,
        "cannot import the bundle: %s did not look at '%s': %s"
            .formatted(program, file.getFileName(), why));
  }
}
