package lazaret.storage.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
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

  /// Enough for a hundred thousand files.
  static final int MAX_BYTES = 16 << 20;

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
  }

  BackupManifest {
    parts = List.copyOf(parts);
  }

  /// Returns the manifest's text; its last line has the digest of the lines before.
  String text() {
    var text = new StringBuilder();
    text.append(form.title).append('\n');
    text.append("created ").append(created).append('\n');
    text.append("ledger ").append(ledgerSequence).append(' ').append(ledgerHash).append('\n');
    for (Part part : parts) {
      text.append("part %s %d %s\n".formatted(part.name(), part.bytes(), part.sha256()));
    }
    return text + "end " + Sha256.of(Bytes.utf8(text.toString())) + '\n';
  }

  /// Reads a manifest.
  ///
  /// @throws MalformedException if it is incomplete or of another form
  static BackupManifest parse(Form form, String text) {
    int end = text.lastIndexOf("end ");
    if (!text.startsWith(form.title + '\n')) {
      throw new MalformedException("its manifest does not begin with '" + form.title + "'");
    }
    if (end < 0
        || !text.substring(end)
            .equals("end " + Sha256.of(Bytes.utf8(text.substring(0, end))) + '\n')) {
      throw new MalformedException("its manifest is damaged");
    }
    try {
      return lines(form, text.substring(0, end).split("\n", -1));
    } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MalformedException("its manifest is damaged: " + e.getMessage(), e);
    }
  }

  private static BackupManifest lines(Form form, String[] lines) {
    String[] ledger = fields(lines[2], "ledger", 3);
    List<Part> parts = new ArrayList<>();
    for (int i = 3; i < lines.length - 1; i++) {
      String[] part = fields(lines[i], "part", 4);
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
        form,
        Instant.parse(fields(lines[1], "created", 2)[1]),
        Long.parseLong(ledger[1]),
        Sha256.parse(ledger[2]),
        parts);
  }

  private static String[] fields(String line, String first, int count) {
    String[] fields = line.split(" ", -1);
    if (fields.length != count || !fields[0].equals(first)) {
      throw new MalformedException("its manifest has no line '" + first + "' where one belongs");
    }
    return fields;
  }
}
