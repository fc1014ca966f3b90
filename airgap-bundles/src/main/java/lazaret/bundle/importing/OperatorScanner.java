package lazaret.bundle.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.command.OperatorProgram;
import lazaret.storage.files.PrivateFiles;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;

/// The scanner of the operator, with a record of the scanned parts of one bundle. Not thread-safe.
final class OperatorScanner {
  private static final int MOST_OUTPUT = 1 << 20;
  private static final int REFUSED = 1;

  private final ImportOptions.Scan scan;
  private final Path record;
  private final String key;
  private final List<String> lines = new ArrayList<>();

  private OperatorScanner(ImportOptions.Scan scan, Path record) {
    this.scan = scan;
    this.record = record;
    this.key = Sha256.of(Bytes.utf8(String.join("\0", scan.command()))).hex().substring(0, 16);
  }

  /// Creates a scanner with the record of an earlier run, if there is one.
  ///
  /// @param folder the folder of the record
  static OperatorScanner of(ImportOptions.Scan scan, Path folder) throws IOException {
    var scanner = new OperatorScanner(scan, folder.resolve("scanned"));
    if (Files.exists(scanner.record)) {
      scanner.lines.addAll(Files.readAllLines(scanner.record));
    }
    return scanner;
  }

  /// Returns the parts that this program has not scanned.
  ///
  /// @param count the number of parts
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

  /// Records that a part was scanned and stored.
  void note(int part) throws IOException {
    lines.add(line(part));
    PrivateFiles.write(record, String.join("\n", lines) + "\n");
  }

  /// Runs the scanner on a file or folder.
  ///
  /// @throws BundleException `scan-rejected` if the scanner refuses it, `scan-failed` if the
  ///   scanner cannot be run, exits with another code or exceeds a limit
  void scan(Path file) {
    List<String> words = new ArrayList<>(scan.command());
    words.add(file.toAbsolutePath().toString());
    String program = scan.command().getFirst();
    switch (new OperatorProgram(words, scan.patience(), MOST_OUTPUT).run(Bytes.EMPTY)) {
      case OperatorProgram.Outcome.Ended(int code, Bytes output, String errors) -> {
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
      case OperatorProgram.Outcome.TimedOut() ->
          throw failed(program, file, "it took more than " + scan.patience().toSeconds() + " s");
      case OperatorProgram.Outcome.OutputTooLong() ->
          throw failed(program, file, "it printed too much");
      case OperatorProgram.Outcome.NotStarted(String why) -> throw failed(program, file, why);
    }
  }

  private static String said(Bytes output, String errors) {
    String text = lazaret.vetting.Excerpt.of(output.text().strip());
    return text.isEmpty() ? errors : text;
  }

  private static BundleException failed(String program, Path file, String why) {
    return new BundleException(
        BundleCode.SCAN_FAILED,
        "cannot import the bundle: %s did not scan '%s': %s"
            .formatted(program, file.getFileName(), why));
  }
}
