package lazaret.mirror.following;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.mirror.outbound.FileClient.Fetched;
import lazaret.vetting.Bytes;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// The feeds and the dump of a registry, as a test sets them. Thread-safe.
final class ScriptedFiles implements RegistryFiles {
  private final List<String> requests = new ArrayList<>();
  private final List<String> updates = new ArrayList<>();
  private final List<String> crates = new ArrayList<>();
  private final Map<String, Fetched> instead = new HashMap<>();
  private @Nullable Bytes dump;
  private String etag = "";
  private int partLength = Integer.MAX_VALUE;
  private boolean isReplaced;
  private boolean closed;

  /// Adds a version to the feed of updates.
  synchronized void announce(String name, String version, Instant published) {
    updates.addFirst(FeedText.item(name, version, published));
  }

  /// Adds a crate to the feed of new crates.
  synchronized void announceNew(String name, Instant published) {
    crates.addFirst(FeedText.item(name, null, published));
  }

  /// Empties the feeds, as an hour without releases does.
  synchronized void forget() {
    updates.clear();
    crates.clear();
  }

  /// Returns another response for a file from now on; null for the file itself.
  synchronized void instead(String path, @Nullable Fetched response) {
    if (response == null) {
      instead.remove(path);
    } else {
      instead.put(path, response);
    }
  }

  /// Sets the dump.
  synchronized void dump(Bytes file, String tag) {
    dump = file;
    etag = tag;
  }

  /// Sends the dump in parts of a length.
  synchronized void parts(int length) {
    partLength = length;
  }

  /// Replaces the dump after its first part.
  synchronized void replaceDump() {
    isReplaced = true;
  }

  /// Returns the requested paths, with the position in a dump.
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized Fetched feed(String path) {
    requests.add(path);
    Fetched other = instead.get(path);
    return other == null ? received(path.equals(UPDATES) ? updates : crates) : other;
  }

  private static Fetched received(List<String> items) {
    Bytes file = FeedText.rss(items);
    return new Fetched.Received(file, Validators.NONE, file.length());
  }

  @Override
  public synchronized Fetched dump(long from, int length, Validators known) {
    requests.add(DUMP + " " + from);
    Fetched other = instead.get(DUMP);
    if (other != null) {
      return other;
    }
    Bytes file = dump;
    if (file == null) {
      return new Fetched.Failed("its source returned 404", null);
    }
    if (from == 0 && etag.equals(known.etag())) {
      return new Fetched.NotModified();
    }
    int count = Math.min(Math.min(length, partLength), file.length() - (int) from);
    Bytes part = Bytes.copyOf(file.array(), (int) from, count);
    String tag = isReplaced && from > 0 ? "\"another\"" : etag;
    return new Fetched.Received(part, new Validators(tag, null), file.length());
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
