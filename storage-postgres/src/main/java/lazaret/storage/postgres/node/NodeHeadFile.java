package lazaret.storage.postgres.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import lazaret.storage.files.PrivateFiles;
import lazaret.storage.objects.ObjectHead;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import org.jspecify.annotations.Nullable;

/// The file with the newest head in the data folder of a node. Thread-safe.
final class NodeHeadFile {
  private static final System.Logger LOG = System.getLogger(NodeHeadFile.class.getName());

  private final Path file;
  private final ReentrantLock filing = new ReentrantLock();

  /// The head in the file when the node opened; null if there was none that could be read.
  private final @Nullable ObjectHead found;

  /// Why the file cannot be read; null if it can, or there is none.
  private volatile @Nullable String unreadable;

  /// The head that was written last; null if none was. Written by the holder of filing.
  private volatile @Nullable ObjectHead filed;

  // Guarded by filing.
  private boolean fails;

  /// Reads the file, if there is one.
  NodeHeadFile(Path file) {
    this.file = file;
    ObjectHead head = null;
    try {
      head = read(file);
    } catch (IOException | MalformedException e) {
      LOG.log(System.Logger.Level.ERROR, "the file {0} cannot be used: {1}", file, e.getMessage());
      unreadable = "is damaged";
    }
    found = head;
  }

  private static @Nullable ObjectHead read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    try (var in = Files.newInputStream(file)) {
      return ObjectHead.decode(Bytes.of(in.readNBytes(ObjectHead.MOST_BYTES + 1)));
    }
  }

  /// Returns the head in the file when the node opened; empty if there was none that could be read.
  Optional<ObjectHead> found() {
    return Optional.ofNullable(found);
  }

  /// Returns why the file cannot be read; empty if it can, or there is none.
  Optional<String> unreadable() {
    return Optional.ofNullable(unreadable);
  }

  /// Takes note that a person accepted that the file could not be read. It was written again.
  void readable() {
    unreadable = null;
  }

  /// Returns whether this head or a later one was written to the file.
  boolean has(ObjectHead head) {
    ObjectHead last = filed;
    return last != null && !head.follows(last);
  }

  /// Writes the newest head. Commits that wait meanwhile are recorded by one write. A failure is
  /// logged once.
  void write(Supplier<@Nullable ObjectHead> newest) {
    filing.lock();
    try {
      ObjectHead head = newest.get();
      if (head == null || has(head)) {
        return;
      }
      PrivateFiles.write(file, head.encode());
      filed = head;
      fails = false;
    } catch (IOException e) {
      if (!fails) {
        LOG.log(
            System.Logger.Level.ERROR,
            "the last acknowledged write is not recorded in this node: {0}",
            PrivateFiles.describe(e));
      }
      fails = true;
    } finally {
      filing.unlock();
    }
  }
}
