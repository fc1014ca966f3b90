package lazaret.site;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.crates.Sha256;

/// A copy of files from one store into another: the backup of files, and its way back. Files are
/// compared with their SHA-256. Files that are there already are left out, so that a copy that was
/// interrupted continues.
///
/// @param copied the number of files that were copied
/// @param present the number of files that were there before
/// @param missing the number of files that the first store does not have
public record SiteFileCopy(long copied, long present, long missing) {
  private static final int BUFFER = 64 << 10;

  /// Copies files.
  ///
  /// @param wanted the files
  /// @throws lazaret.vetting.MalformedException if the bytes of a file have another SHA-256
  /// @throws IOException if a disk fails
  public static SiteFileCopy run(Set<Sha256> wanted, SiteFileStore from, SiteFileStore to)
      throws IOException {
    long copied = 0;
    long present = 0;
    long missing = 0;
    for (Sha256 sha256 : wanted) {
      if (to.find(sha256).isPresent()) {
        present++;
        continue;
      }
      Optional<SiteFile> file = from.find(sha256);
      if (file.isPresent()) {
        copy(file.get(), to);
        copied++;
      } else {
        missing++;
      }
    }
    return new SiteFileCopy(copied, present, missing);
  }

  private static void copy(SiteFile file, SiteFileStore to) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = file.open(0);
        SiteFileUpload upload = to.begin(file.length())) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        upload.write(buffer, 0, read);
      }
      var _ = upload.commit(file.sha256());
    }
  }
}
