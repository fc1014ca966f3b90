package lazaret.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lazaret.site.BundledCollection;
import lazaret.site.SiteFileCodec;
import lazaret.site.SiteFileCollection;
import lazaret.site.SiteFileRow;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.store.DeskRow;
import lazaret.vetting.gate.store.DeskTable;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.gitsource.GitSource;
import lazaret.vetting.gitsource.GitSourceCodec;
import lazaret.vetting.gitsource.GitSourceState;
import org.jspecify.annotations.Nullable;

/// The Git sources of a site in bundles, with the decisions on them. Each tree that arrives is
/// hashed again. A denial here stays, and so does an approval if the bundle has no decision. The
/// tree of a denied source that was removed here is left out. Thread-safe; blocks.
public final class GitSourceCollection implements BundledCollection {
  private final Store store;
  private final GitSourceService sources;

  /// Creates the check.
  public GitSourceCollection(Store store, GitSourceService sources) {
    this.store = store;
    this.sources = sources;
  }

  @Override
  public SiteFileCollection collection() {
    return SiteFileCollection.GIT;
  }

  @Override
  public List<DeskTable> tables() {
    return List.of(DeskTable.GIT_SOURCES);
  }

  @Override
  public List<DeskRow> rows(List<SiteFileRow> files, long snapshot) {
    Set<String> paths = files.stream().map(SiteFileRow::path).collect(Collectors.toSet());
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.GIT_SOURCES, "")) {
      return rows.filter(row -> paths.contains(GitSourceCodec.decode(row.value()).path())).toList();
    }
  }

  @Override
  public LocalDenials denials(List<DeskRow> rows) {
    Set<String> removed = new HashSet<>();
    Set<String> needed = new HashSet<>();
    List<String> texts = new ArrayList<>();
    for (DeskRow row : rows) {
      GitSource source = GitSourceCodec.decode(row.value());
      GitSource here = denied(source);
      if (here == null) {
        needed.add(source.path());
        continue;
      }
      if (source.state() != GitSourceState.DENIED) {
        texts.add(text(here));
      }
      String key = SiteFileRow.key(SiteFileCollection.GIT, source.path());
      if (store.deskRows().find(DeskTable.SITE_FILES, key).isEmpty()) {
        removed.add(source.path());
      }
    }
    removed.removeAll(needed);
    return new LocalDenials(removed, texts);
  }

  /// Returns a source as it is stored here if it was denied, or null.
  private @Nullable GitSource denied(GitSource source) {
    return sources
        .find(Sha256.parse(source.key()))
        .filter(here -> here.state() == GitSourceState.DENIED)
        .orElse(null);
  }

  private static String text(GitSource denied) {
    GitSource.Decided made = denied.decision();
    String by =
        made == null
            ? "denied"
            : "denied by %s at %s: %s"
                .formatted(Excerpt.of(made.by()), made.at(), Excerpt.of(made.reason()));
    return "%s#%s: %s".formatted(Excerpt.of(denied.url()), denied.commit(), by);
  }

  @Override
  public List<DeskRow> received(Received received) throws IOException {
    Map<String, SiteFileRow> files = new HashMap<>();
    received.files().forEach(row -> files.put(row.path(), row));
    Set<String> hashed = new HashSet<>();
    List<DeskRow> accepted = new ArrayList<>();
    for (DeskRow row : received.rows()) {
      GitSource source = GitSourceCodec.decode(row.value());
      check(source, row.key(), received.pins().gitHosts());
      SiteFileRow file = files.get(source.path());
      boolean leftOut = file == null && denied(source) != null;
      if (!leftOut && !isOf(file, source)) {
        throw refused(source, "its tree is not in the bundle");
      }
      if (!leftOut && hashed.add(source.path())) {
        sources.checkTree(
            source,
            received
                .bytes()
                .find(source.file())
                .orElseThrow(() -> refused(source, "the bytes of its tree are missing")));
      }
      accepted.add(GitSourceCodec.row(decided(source, received.stream())));
    }
    for (String path : files.keySet()) {
      if (!hashed.contains(path)) {
        throw new MalformedException(
            "cannot accept the tree '%s': no Git source has it".formatted(Excerpt.of(path)));
      }
    }
    return accepted;
  }

  private static boolean isOf(@Nullable SiteFileRow file, GitSource source) {
    return file != null && file.sha256().equals(source.file()) && file.length() == source.bytes();
  }

  /// Returns the sources with the decisions that count now: a person may have decided since the
  /// check of the bundle. Sources that the bundle does not state any more are removed, unless this
  /// gate fetched them, or a person here decided on them.
  @Override
  public Change change(Received received, List<DeskRow> rows) {
    Set<String> stated = new HashSet<>();
    List<DeskRow> stored = new ArrayList<>();
    for (DeskRow row : received.rows()) {
      stated.add(row.key());
      GitSource source = GitSourceCodec.decode(row.value());
      stored.add(GitSourceCodec.row(decided(source, received.stream())));
    }
    List<DeskRow> dropped = new ArrayList<>();
    Set<String> kept = new HashSet<>();
    for (DeskRow row : others(stated)) {
      GitSource source = GitSourceCodec.decode(row.value());
      if (isDecidedHere(source, received.stream())) {
        if (source.state() == GitSourceState.APPROVED) {
          kept.add(source.path());
        }
      } else if (isBrought(received, source)) {
        dropped.add(row);
      }
    }
    return new Change(stored, dropped, kept, denials(received.rows()).paths());
  }

  /// Returns whether an earlier bundle of the stream brought a source. Its tree may be that of a
  /// source that this gate fetched: then the decision is that of the stream.
  private boolean isBrought(Received received, GitSource source) {
    return received.brought(store, SiteFileCollection.GIT, source.path())
        || (source.decision() != null && isTreeOfOther(source));
  }

  /// Returns whether this gate fetched the tree of a source for another one.
  private boolean isTreeOfOther(GitSource source) {
    return store
        .deskRows()
        .find(DeskTable.SITE_FILES, SiteFileRow.key(SiteFileCollection.GIT, source.path()))
        .map(SiteFileCodec::decode)
        .filter(SiteFileRow::isOwn)
        .filter(row -> !(source.url() + "#" + source.commit()).equals(row.reference()))
        .isPresent();
  }

  private List<DeskRow> others(Set<String> stated) {
    try (Stream<DeskRow> rows = store.deskRows().list(DeskTable.GIT_SOURCES, "")) {
      return rows.filter(row -> !stated.contains(row.key())).toList();
    }
  }

  private static boolean isDecidedHere(GitSource source, String stream) {
    GitSource.Decided made = source.decision();
    return made != null && !made.by().endsWith(suffix(stream));
  }

  /// Returns the end of the names of persons who decided at the gate of a stream.
  private static String suffix(String stream) {
    return " (bundle %s)".formatted(stream);
  }

  private static void check(GitSource source, String key, List<String> hosts) {
    if (!source.key().equals(key)) {
      throw refused(source, "its row has another key");
    }
    if (!GitAddress.isCommit(source.commit())) {
      throw refused(source, "it names no commit");
    }
    if (!GitAddress.parse(source.url()).isAt(hosts)) {
      throw refused(source, "its host is not in 'gitHosts' of the root");
    }
  }

  /// Returns a source with the decision that counts here.
  private GitSource decided(GitSource source, String stream) {
    GitSource here = sources.find(Sha256.parse(source.key())).orElse(null);
    if (here != null && !here.treeHash().equals(source.treeHash())) {
      throw refused(source, "here it has the tree " + here.treeHash());
    }
    if (here != null && here.state() == GitSourceState.DENIED) {
      return source.decided(GitSourceState.DENIED, here.decision());
    }
    GitSource.Decided made = source.decision();
    if (made == null) {
      // A gate outside that leaves decisions to this site states none with each bundle.
      return here != null && here.hasAll(source.packages())
          ? source.decided(here.state(), here.decision())
          : source.decided(GitSourceState.WAITING, null);
    }
    return source.decided(
        source.state(),
        new GitSource.Decided(made.by() + suffix(stream), made.at(), made.reason()));
  }

  private static MalformedException refused(GitSource source, String why) {
    return new MalformedException(
        "cannot accept the Git source '%s#%s': %s"
            .formatted(Excerpt.of(source.url()), Excerpt.of(source.commit()), why));
  }
}
