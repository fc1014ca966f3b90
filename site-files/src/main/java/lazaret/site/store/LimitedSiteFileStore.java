package lazaret.site.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.StoreException;
import org.jspecify.annotations.Nullable;

/// A store of files whose total size is limited, and which leaves disk space free. An upload that
/// exceeds a limit ends with `disk-full`. Thread-safe; blocks.
public final class LimitedSiteFileStore implements SiteFileStore {
  /// The time after which all files are added up again: other nodes change a shared store, too.
  static final Duration RENEWED = Duration.ofHours(1);

  private static final long UNKNOWN = -1;

  private final SiteFileStore files;
  private final Limits limits;
  private final FreeSpace free;
  private final LongSupplier nanos;

  /// The bytes of all files; [#UNKNOWN] before they are added up. Guarded by this.
  private long used = UNKNOWN;

  /// The time at which they were added up. Guarded by this.
  private long addedAt;

  /// Creates a store.
  ///
  /// @param files the store without limits
  /// @param free the disk space that is left
  public LimitedSiteFileStore(SiteFileStore files, Limits limits, FreeSpace free) {
    this(files, limits, free, System::nanoTime);
  }

  /// Creates a store with another clock.
  ///
  /// @param nanos a time in nanoseconds
  LimitedSiteFileStore(SiteFileStore files, Limits limits, FreeSpace free, LongSupplier nanos) {
    this.files = files;
    this.limits = limits;
    this.free = free;
    this.nanos = nanos;
  }

  /// The limits.
  ///
  /// @param maxBytes the maximum size of all files
  /// @param minFreeBytes the disk space that uploads leave free
  public record Limits(long maxBytes, long minFreeBytes) {}

  /// A source of the disk space that is left.
  @FunctionalInterface
  public interface FreeSpace {
    /// The space of a store that has no disk here.
    FreeSpace UNLIMITED = () -> Long.MAX_VALUE;

    /// Returns the free bytes.
    ///
    /// @throws IOException if the disk fails
    long bytes() throws IOException;
  }

  /// Returns the size of all files, in bytes.
  ///
  /// @throws IOException if the disk fails
  public synchronized long used() throws IOException {
    long now = nanos.getAsLong();
    if (used == UNKNOWN || now - addedAt > RENEWED.toNanos()) {
      long sum = 0;
      for (Sha256 sha256 : files.all()) {
        sum += files.find(sha256).map(SiteFile::length).orElse(0L);
      }
      used = sum;
      addedAt = now;
    }
    return used;
  }

  private synchronized void forget() {
    used = UNKNOWN;
  }

  /// Counts a stored file. To add all files up again would read each entry of a store of objects.
  private synchronized void add(long length) {
    if (used != UNKNOWN) {
      used += length;
    }
  }

  @Override
  public Optional<SiteFile> find(Sha256 sha256) throws IOException {
    return files.find(sha256);
  }

  @Override
  public SiteFileUpload begin(long expectedLength) throws IOException {
    long more = Math.max(0, expectedLength);
    long before = used();
    if (more > limits.maxBytes() - before) {
      before = addedUp();
    }
    require(before, more);
    return new Upload(files.begin(expectedLength), before);
  }

  @Override
  public void delete(Sha256 sha256) throws IOException {
    files.delete(sha256);
    forget();
  }

  @Override
  public boolean deleteOlder(Sha256 sha256, Instant before) throws IOException {
    boolean deleted = files.deleteOlder(sha256, before);
    if (deleted) {
      forget();
    }
    return deleted;
  }

  @Override
  public void dropParts(Instant before) throws IOException {
    files.dropParts(before);
  }

  @Override
  public List<Sha256> all() throws IOException {
    return files.all();
  }

  /// Returns the exact size. Bytes that were stored again may have counted twice before.
  private synchronized long addedUp() throws IOException {
    forget();
    return used();
  }

  private void require(long before, long more) throws IOException {
    if (more > limits.maxBytes() - before) {
      throw full(
          "%d bytes are stored, and %d more exceed 'site-files.max-size' (%d); remove files, or raise the limit"
              .formatted(before, more, limits.maxBytes()));
    }
    long left = free.bytes();
    if (more > left - limits.minFreeBytes()) {
      throw full(
          "%d bytes are free, of which %d stay free; free disk space"
              .formatted(left, limits.minFreeBytes()));
    }
  }

  private static StoreException full(String why) {
    return new StoreException(ErrorCode.DISK_FULL, "cannot store a file of the site: " + why, null);
  }

  /// An upload that compares each 64 MiB with the limits.
  private final class Upload implements SiteFileUpload {
    private static final long CHECKED = 64 << 20;

    private final SiteFileUpload upload;
    private long before;
    private long unchecked;

    private Upload(SiteFileUpload upload, long before) {
      this.upload = upload;
      this.before = before;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      unchecked += count;
      boolean full = count > limits.maxBytes() - before - upload.length();
      if (full) {
        before = addedUp();
      }
      if (full || unchecked >= CHECKED) {
        require(before + upload.length(), count);
        unchecked = 0;
      }
      upload.write(bytes, offset, count);
    }

    @Override
    public long length() {
      return upload.length();
    }

    @Override
    public SiteFile commit(@Nullable Sha256 expected) throws IOException {
      boolean again = expected != null && files.find(expected).isPresent();
      SiteFile file = upload.commit(expected);
      if (!again) {
        add(file.length());
      }
      return file;
    }

    @Override
    public void close() throws IOException {
      upload.close();
    }
  }
}
