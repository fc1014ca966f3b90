package lazaret.storage.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;

/// The list of the files of a backup with their digests. It is written last: a backup without it is
/// incomplete.
///
/// @param form the form of the backup
/// @param created the start of the backup
/// @param ledgerSequence sequence of the last ledger entry, 0 if there is none
/// @param ledgerHash hash of that entry, or 64 zeros
/// @param parts its files, in the order in which they are read
record BackupManifest(
    Form form, Instant created, long ledgerSequence, Sha256 ledgerHash, List<Part> parts) {
  static final String FILE = "lazaret-backup";

  /// The maximum length of the text: nearly two million files, thus about 200 GiB of records in an
  /// archive.
  static final int MAX_BYTES = 256 << 20;

  /// The length of the last line.
  private static final int END_BYTES = 4 + 2 * Sha256.LENGTH + 1;

  /// More than the lines without files have.
  private static final int MAX_FRAME = 1_024;

  /// The form of a backup.
  enum Form {
    /// A folder of its own, whose files are numbered.
    FOLDER("lazaret backup, form 1"),
    /// A state of an archive, whose files are named by their SHA-256. Artifacts are files of their
    /// own.
    ARCHIVE("lazaret archive, form 1");

    private final String title;

    Form(String title) {
      this.title = title;
    }
  }

  /// One file.
  record Part(String name, long bytes, Sha256 sha256) {
    static String name(int number) {
      return "part-%06d".formatted(number);
    }

    private String line() {
      return "part " + name + ' ' + bytes + ' ' + sha256 + '\n';
    }
  }

  BackupManifest {
    parts = List.copyOf(parts);
  }

  /// Returns the manifest's text; its last line has the digest of the lines before.
  ///
  /// @throws IOException if it would be too long to be read again
  String text() throws IOException {
    long length = MAX_FRAME + parts.stream().mapToLong(part -> part.line().length()).sum();
    if (length > MAX_BYTES) {
      throw new IOException(
          ("expected a manifest of at most %d bytes, found %d; write to a new folder whose name does"
                  + " not end with '.archive', which has fewer files")
              .formatted(MAX_BYTES, length));
    }
    var text = new StringBuilder((int) length);
    text.append(form.title).append('\n');
    text.append("created ").append(created).append('\n');
    text.append("ledger ").append(ledgerSequence).append(' ').append(ledgerHash).append('\n');
    parts.forEach(part -> text.append(part.line()));
    Sha256 digest = Sha256.of(Bytes.utf8(text.toString()));
    return text.append("end ").append(digest).append('\n').toString();
  }

  /// Reads a manifest. Its text is in heap once, since it can be long.
  ///
  /// @throws MalformedException if it is too long, incomplete or of another form
  static BackupManifest read(Form form, Path file) throws IOException {
    if (Files.size(file) > MAX_BYTES) {
      throw new MalformedException("its manifest is too long");
    }
    return parse(form, Files.readAllBytes(file));
  }

  /// Reads a manifest.
  ///
  /// @throws MalformedException if it is incomplete or of another form
  static BackupManifest parse(Form form, byte[] text) {
    int end = text.length - END_BYTES;
    byte[] title = Bytes.utf8(form.title + '\n').array();
    if (!Arrays.equals(title, Arrays.copyOf(text, Math.min(text.length, title.length)))) {
      throw new MalformedException("its manifest does not begin with '" + form.title + "'");
    }
    var hasher = new Sha256.Hasher();
    hasher.update(text, 0, Math.max(0, end));
    if (end < 0 || !string(text, end, text.length).equals("end " + hasher.finish() + '\n')) {
      throw new MalformedException("its manifest is damaged");
    }
    try {
      return lines(form, new Lines(text, end));
    } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MalformedException("its manifest is damaged: " + e.getMessage(), e);
    }
  }

  private static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  /// The lines of a text, one after the other.
  private static final class Lines {
    private final byte[] text;
    private final int end;
    private int at;

    Lines(byte[] text, int end) {
      this.text = text;
      this.end = end;
    }

    boolean hasNext() {
      return at < end;
    }

    String next() {
      int from = at;
      while (text[at] != '\n') {
        at++;
      }
      return string(text, from, at++);
    }
  }

  private static BackupManifest lines(Form form, Lines lines) {
    String _ = lines.next();
    Instant created = Instant.parse(fields(lines.next(), "created", 2)[1]);
    String[] ledger = fields(lines.next(), "ledger", 3);
    List<Part> parts = new ArrayList<>();
    while (lines.hasNext()) {
      String[] part = fields(lines.next(), "part", 4);
      Sha256 sha256 = Sha256.parse(part[3]);
      // Names are computed instead of read: one from the manifest could lead out of the folder.
      String name =
          switch (form) {
            case FOLDER -> Part.name(parts.size() + 1);
            case ARCHIVE -> sha256.hex();
          };
      if (!part[1].equals(name)) {
        throw new MalformedException("its manifest names the file '" + part[1] + "'");
      }
      parts.add(new Part(name, Long.parseLong(part[2]), sha256));
    }
    return new BackupManifest(
        form, created, Long.parseLong(ledger[1]), Sha256.parse(ledger[2]), parts);
  }

  private static String[] fields(String line, String first, int count) {
    String[] fields = line.split(" ", -1);
    if (fields.length != count || !fields[0].equals(first)) {
      throw new MalformedException("its manifest has no line '" + first + "' where one belongs");
    }
    return fields;
  }
}
