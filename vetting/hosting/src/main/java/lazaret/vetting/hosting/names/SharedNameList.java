package lazaret.vetting.hosting.names;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.gate.store.Batch;
import lazaret.vetting.gate.store.Batch.Write;
import lazaret.vetting.gate.store.MetaKey;
import lazaret.vetting.gate.store.Store;
import org.jspecify.annotations.Nullable;

/// The list of all public names that one node of a cluster stored for the others. A list that is
/// older than [PublicNameList#MAX_AGE_DAYS] days counts as absent.
///
/// The store has hashes of 64 bits in 256 parts: 200,000 names take 1.6 MB. Two names with one hash
/// make the second one seem public, which refuses it. Thread-safe; blocks.
public final class SharedNameList implements PublicNameList {
  private static final int PARTS = 256;

  private final Store store;
  private final Clock clock;

  /// Creates the list of a store. One part is read for each question.
  public SharedNameList(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// A new list while its names are collected. Not thread-safe.
  public final class Draft implements Consumer<CrateName> {
    private final List<ByteArrayOutputStream> parts =
        Stream.generate(ByteArrayOutputStream::new).limit(PARTS).toList();

    private Draft() {}

    @Override
    public void accept(CrateName name) {
      long hash = PublicNameList.hash(name);
      parts.get(part(hash)).writeBytes(bytes(hash));
    }

    /// Stores the list for all nodes, in one batch.
    ///
    /// @param made the time of the list
    public void store(Instant made) {
      List<Write> writes = new ArrayList<>();
      IntStream.range(0, PARTS)
          .forEach(
              part -> {
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.writeBytes(bytes(made.getEpochSecond()));
                all.writeBytes(parts.get(part).toByteArray());
                writes.add(new Write.PutMeta(key(part), Bytes.of(all.toByteArray())));
              });
      var _ = store.commit(Batch.relaxed(writes));
    }
  }

  /// Begins a new list.
  public Draft draft() {
    return new Draft();
  }

  /// Returns the time of the stored list, in whole seconds; the epoch if there is none.
  public Instant made() {
    ByteBuffer part = read(0);
    return part == null ? Instant.EPOCH : made(part);
  }

  @Override
  public Answer find(CrateName name) {
    long hash = PublicNameList.hash(name);
    ByteBuffer part = read(part(hash));
    if (part == null || Duration.between(made(part), clock.instant()).toDays() >= MAX_AGE_DAYS) {
      return Answer.UNKNOWN;
    }
    while (part.remaining() >= Long.BYTES) {
      if (part.getLong() == hash) {
        return Answer.PRESENT;
      }
    }
    return Answer.ABSENT;
  }

  private @Nullable ByteBuffer read(int part) {
    return store.meta(key(part)).map(bytes -> ByteBuffer.wrap(bytes.array())).orElse(null);
  }

  /// Reads the time at the beginning of a part.
  private static Instant made(ByteBuffer part) {
    return Instant.ofEpochSecond(part.getLong());
  }

  private static int part(long hash) {
    return (int) (hash >>> 56);
  }

  private static String key(int part) {
    return MetaKey.PUBLIC_NAMES_PREFIX.named("%02x".formatted(part));
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
