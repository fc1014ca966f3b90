package lazaret.bundle.exporting;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import lazaret.bundle.BundleCode;
import lazaret.bundle.BundleException;
import lazaret.bundle.format.BundleStatement;
import lazaret.bundle.format.BundleTarget;
import lazaret.bundle.format.BundledFile;
import lazaret.bundle.format.FileTable;
import lazaret.bundle.format.SiteRowTable;
import lazaret.bundle.format.TableLineWriter;
import lazaret.bundle.format.Ustar;
import lazaret.bundle.format.UstarWriter;
import lazaret.bundle.site.SiteSelection;
import lazaret.site.store.SiteFile;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import org.jspecify.annotations.Nullable;

/// The writer of what a bundle carries of the site: rows, the table of files, and parts. Not
/// thread-safe.
final class SiteWriter {
  private static final int BUFFER = 256 << 10;

  private final TargetsFolder targets;
  private final long partSize;
  private int part;
  private @Nullable OutputStream out;
  private @Nullable UstarWriter archive;

  SiteWriter(TargetsFolder targets, long partSize) {
    this.targets = targets;
    this.partSize = partSize;
  }

  /// Writes a selection.
  ///
  /// @param lengths receives the lengths of compressed tables
  /// @throws BundleException `blob-digest-mismatch` if the bytes of a file have another SHA-256
  BundleStatement.SiteContents write(SiteSelection selection, Map<String, Long> lengths)
      throws IOException {
    if (selection.collections().isEmpty()) {
      return BundleStatement.SiteContents.NONE;
    }
    TableLineWriter rows = new TableLineWriter(targets.create(BundleTarget.SITE_ROWS.path()));
    try (rows) {
      for (DeskRow row : selection.rows()) {
        SiteRowTable.write(rows, row);
      }
    }
    lengths.put(BundleTarget.SITE_ROWS.path(), rows.length());
    try (OutputStream table = targets.create(BundleTarget.FILES.path())) {
      for (SiteFile file : selection.files()) {
        FileTable.line(add(file)).writeTo(table);
      }
    }
    finishPart();
    return new BundleStatement.SiteContents(selection.collections(), part, selection.rows().size());
  }

  private BundledFile add(SiteFile file) throws IOException {
    UstarWriter to = archive;
    if (to != null && to.position() + Ustar.length(file.length()) + UstarWriter.END > partSize) {
      finishPart();
      to = null;
    }
    if (to == null) {
      part++;
      OutputStream next = targets.create(BundleTarget.filePart(part));
      to = new UstarWriter(next);
      out = next;
      archive = to;
    }
    long offset = to.begin(file.sha256().hex(), file.length());
    copy(file, to);
    return new BundledFile(file.sha256(), file.length(), part, offset);
  }

  private static void copy(SiteFile file, UstarWriter to) throws IOException {
    var hasher = new Sha256.Hasher();
    byte[] buffer = new byte[BUFFER];
    long left = file.length();
    try (InputStream in = file.open(0)) {
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }
        hasher.update(buffer, 0, read);
        to.write(buffer, 0, read);
        left -= read;
      }
    }
    Sha256 found = hasher.finish();
    if (left > 0 || !found.equals(file.sha256())) {
      throw new BundleException(
          BundleCode.BLOB_DIGEST_MISMATCH,
          "cannot export a file of the site: expected the sha256 %s, found %s; run 'site-files check'"
              .formatted(file.sha256(), found));
    }
  }

  private void finishPart() throws IOException {
    if (archive != null && out != null) {
      archive.finish();
      out.close();
      archive = null;
      out = null;
    }
  }
}
