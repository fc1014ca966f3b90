package lazaret.vetting.desk.audits;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import lazaret.vetting.Bytes;
import lazaret.vetting.audit.files.AuditsFile;
import lazaret.vetting.audit.files.PeerAudits;
import lazaret.vetting.audit.files.ProjectAudits;
import lazaret.vetting.audit.files.VetPrinter;
import lazaret.vetting.audit.files.VetStore;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.Validators;
import org.jspecify.annotations.Nullable;

/// The audits of a peer in the form of the store. Header lines name the origin, the mapping and the
/// bound checksums. An empty line and the file in local criteria, as cargo-vet writes it, follow.
/// For a project's store all three files are kept, separated by form feeds, which no TOML file
/// contains.
///
/// @param origin the origin
/// @param seen the checksums by version, by the crate's collision key
/// @param file the audits of a peer in local criteria, or those of a project
/// @param project the whole store of a project; null for the file of a peer
record StoredAudits(
    Origin origin,
    SortedMap<String, SortedMap<String, Sha256>> seen,
    AuditsFile file,
    @Nullable ProjectAudits project) {
  private static final String PART = "\f\n";

  /// The origin of audits.
  ///
  /// @param source an address or a description
  /// @param at the moment at which the source was last known to have this content
  /// @param said the number of entries of the source, including those without meaning here
  /// @param reading the mapping of criteria
  /// @param validators the validators that the source gave for conditional requests
  record Origin(
      String source,
      Instant at,
      int said,
      AuditImportOrder.Mapping reading,
      Validators validators) {
    /// Returns whether the source can be fetched again.
    boolean isAddress() {
      return source.startsWith("https://") || source.startsWith("http://");
    }

    Origin confirmedAt(Instant moment) {
      return new Origin(source, moment, said, reading, validators);
    }
  }

  StoredAudits with(SortedMap<String, SortedMap<String, Sha256>> other) {
    return new StoredAudits(origin, other, file, project);
  }

  /// Returns whether other audits have the same content, regardless of their origin.
  boolean isBut(StoredAudits other) {
    return with(other.origin()).equals(other);
  }

  StoredAudits with(Origin other) {
    return new StoredAudits(other, seen, file, project);
  }

  /// Returns the form that searches use.
  VetStore store(String peer) {
    if (project != null) {
      return project.store(peer);
    }
    var imports = new TreeMap<String, AuditsFile>();
    imports.put(
        peer,
        new AuditsFile(new TreeMap<>(), file.wildcardAudits(), file.audits(), file.trusted()));
    return VetStore.of(
        new AuditsFile(file.criteria(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>()),
        imports);
  }

  Bytes encode() {
    var text = new StringBuilder();
    text.append("source ").append(origin.source()).append('\n');
    text.append("at ").append(origin.at()).append('\n');
    text.append("said ").append(origin.said()).append('\n');
    line(text, "etag", origin.validators().etag());
    line(text, "modified", origin.validators().lastModified());
    origin
        .reading()
        .criteria()
        .forEach(
            (theirs, ours) ->
                ours.forEach(one -> line(text, "map", escaped(theirs) + ' ' + escaped(one))));
    new TreeSet<>(origin.reading().exclude()).forEach(c -> line(text, "exclude", escaped(c)));
    seen.forEach(
        (crate, versions) ->
            versions.forEach(
                (version, cksum) ->
                    line(text, "seen", "%s %s %s".formatted(crate, version, cksum.hex()))));
    text.append('\n').append(VetPrinter.print(file).text());
    if (project != null) {
      text.append(PART).append(VetPrinter.print(project.config()).text());
      text.append(PART).append(VetPrinter.print(project.lock()).text());
    }
    return Bytes.utf8(text.toString());
  }

  private static void line(StringBuilder text, String key, @Nullable String value) {
    if (value != null) {
      text.append(key).append(' ').append(value).append('\n');
    }
  }

  private static String escaped(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8);
  }

  static StoredAudits decode(Bytes value) {
    String text = value.text();
    int end = text.indexOf("\n\n");
    var head = new HeaderReader();
    text.substring(0, end).lines().forEach(head::read);
    List<String> parts = List.of(text.substring(end + 1).split(PART, -1));
    Bytes audits = Bytes.utf8(parts.getFirst());
    if (parts.size() == 1) {
      // The written file is read as that of a peer, since it defines its own criteria.
      return new StoredAudits(head.origin(), head.seen, PeerAudits.read(audits).file(), null);
    }
    ProjectAudits project =
        ProjectAudits.read(audits, Bytes.utf8(parts.get(1)), Bytes.utf8(parts.get(2)));
    return new StoredAudits(head.origin(), head.seen, project.own(), project);
  }

  /// The content of the header lines.
  private static final class HeaderReader {
    private final SortedMap<String, SortedMap<String, Sha256>> seen = new TreeMap<>();
    private final SortedMap<String, List<String>> criteria = new TreeMap<>();
    private final Set<String> exclude = new HashSet<>();
    private String source = "";
    private Instant at = Instant.EPOCH;
    private int said;
    private @Nullable String etag;
    private @Nullable String modified;

    void read(String line) {
      int space = line.indexOf(' ');
      String value = line.substring(space + 1);
      switch (line.substring(0, space)) {
        case "source" -> source = value;
        case "at" -> at = Instant.parse(value);
        case "said" -> said = Integer.parseInt(value);
        case "etag" -> etag = value;
        case "modified" -> modified = value;
        case "map" -> {
          List<String> pair = List.of(value.split(" ", 2));
          criteria
              .computeIfAbsent(plain(pair.getFirst()), _ -> new ArrayList<>())
              .add(plain(pair.getLast()));
        }
        case "exclude" -> exclude.add(plain(value));
        case "seen" -> {
          List<String> parts = List.of(value.split(" ", 3));
          seen.computeIfAbsent(parts.get(0), _ -> new TreeMap<>())
              .put(parts.get(1), Sha256.parse(parts.get(2)));
        }
        default -> throw new IllegalStateException("the store holds audits of a newer form");
      }
    }

    private static String plain(String word) {
      return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    Origin origin() {
      return new Origin(
          source,
          at,
          said,
          new AuditImportOrder.Mapping(criteria, exclude),
          new Validators(etag, modified));
    }
  }

  AuditImportReport report(String peer, List<String> warnings, int exempted) {
    int bound = seen.values().stream().mapToInt(versions -> versions.size()).sum();
    VetStore store = store(peer);
    int entries =
        store.imports().values().stream().mapToInt(AuditsFile::size).sum()
            + store.local().size()
            + store.exemptions().values().stream().mapToInt(List::size).sum();
    return new AuditImportReport(
        peer,
        origin.source(),
        origin.at(),
        crates(store).size(),
        entries,
        bound,
        exempted,
        warnings);
  }

  private static Set<String> crates(VetStore store) {
    var crates = new TreeSet<>(store.exemptions().keySet());
    crates.addAll(store.local().trusted().keySet());
    for (AuditsFile file : store.imports().values()) {
      crates.addAll(file.audits().keySet());
      crates.addAll(file.wildcardAudits().keySet());
      crates.addAll(file.trusted().keySet());
    }
    return crates;
  }
}
