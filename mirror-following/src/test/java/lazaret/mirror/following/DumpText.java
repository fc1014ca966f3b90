package lazaret.mirror.following;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import lazaret.testkit.TarBytes;
import lazaret.vetting.Bytes;

/// A builder of dumps in the form of the public registry. Not thread-safe.
final class DumpText {
  private static final String FOLDER = "2026-11-25-020012/";

  private final Map<String, Integer> ids = new HashMap<>();
  private final StringBuilder crates =
      new StringBuilder("created_at,description,id,name,updated_at\n");
  private final StringBuilder downloads = new StringBuilder("crate_id,downloads\n");
  private final StringBuilder versions =
      new StringBuilder("crate_id,crate_size,created_at,id,license,num,yanked\n");

  /// Adds a crate.
  DumpText crate(String name, long count) {
    int id = ids.size() + 1;
    ids.put(name, id);
    crates
        .append("2024-01-01 00:00:00.1+00,\"a \"\"text\"\",\nof two lines\",")
        .append(id)
        .append(',')
        .append(name)
        .append(",2024-01-01 00:00:00+00\n");
    downloads.append(id).append(',').append(count).append('\n');
    return this;
  }

  /// Adds a version of a crate that was added.
  DumpText version(String name, String number, boolean yanked) {
    versions
        .append(ids.get(name))
        .append(",1000,2024-01-01 00:00:00+00,7,MIT,")
        .append(number)
        .append(yanked ? ",t\n" : ",f\n");
    return this;
  }

  /// Adds any text to the table of versions.
  DumpText raw(String rows) {
    versions.append(rows);
    return this;
  }

  /// Returns the archive without compression.
  TarBytes tar(Instant made) {
    String metadata = "{\n  \"timestamp\": \"" + made + "\",\n  \"crates_io_commit\": \"0\"\n}\n";
    TarBytes tar = new TarBytes().directory(FOLDER);
    add(tar, "README.md", "# The dump\n");
    add(tar, "metadata.json", metadata);
    add(tar, "data/categories.csv", "id,name\n1,\"a,b\"\n");
    add(tar, "data/crate_downloads.csv", downloads.toString());
    add(tar, "data/crates.csv", crates.toString());
    add(tar, "data/versions.csv", versions.toString());
    add(tar, "data/version_downloads.csv", "date,downloads,version_id\n");
    return tar;
  }

  private static void add(TarBytes tar, String path, String text) {
    var _ = tar.file(FOLDER + path, text.getBytes(StandardCharsets.UTF_8));
  }

  /// Returns the dump.
  Bytes build(Instant made) {
    return tar(made).end().gzip();
  }
}
