package lazaret.bundle.importing;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import lazaret.bundle.checking.BundleInspection;
import lazaret.bundle.checking.FilePartReader;
import lazaret.bundle.format.BundledFile;
import lazaret.site.store.SiteFile;
import lazaret.site.store.SiteFileStore;
import lazaret.site.store.SiteFileUpload;
import lazaret.vetting.crates.Sha256;

/// The files of a site together with those of a bundle, which are read from its parts, for a dry
/// run. It stores nothing.
final class BundledFileStore implements SiteFileStore {
  private final SiteFileStore stored;
  private final BundleInspection bundle;
  private final Map<Sha256, BundledFile> files;

  /// Creates a view.
  ///
  /// @param stored the files of the site
  /// @param bundle a bundle whose parts were compared with their digests
  /// @param files its files
  BundledFileStore(SiteFileStore stored, BundleInspection bundle, List<BundledFile> files) {
    this.stored = stored;
    this.bundle = bundle;
    this.files = files.stream().collect(Collectors.toMap(BundledFile::digest, Function.identity()));
  }

  @Override
  public Optional<SiteFile> find(Sha256 sha256) throws IOException {
    Optional<SiteFile> here = stored.find(sha256);
    BundledFile brought = files.get(sha256);
    return here.isPresent() || brought == null ? here : Optional.of(new PartFile(bundle, brought));
  }

  @Override
  public SiteFileUpload begin(long expectedLength) {
    throw new IllegalStateException("a dry run stores no file");
  }

  @Override
  public void delete(Sha256 sha256) {
    throw new IllegalStateException("a dry run deletes no file");
  }

  @Override
  public List<Sha256> all() throws IOException {
    return stored.all();
  }

  /// A file in a part of the bundle.
  private record PartFile(BundleInspection bundle, BundledFile file) implements SiteFile {
    @Override
    public Sha256 sha256() {
      return file.digest();
    }

    @Override
    public long length() {
      return file.length();
    }

    @Override
    public InputStream open(long from) throws IOException {
      return FilePartReader.open(bundle, file, from);
    }
  }
}
