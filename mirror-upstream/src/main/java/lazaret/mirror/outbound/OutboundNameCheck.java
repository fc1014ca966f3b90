package lazaret.mirror.outbound;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.index.IndexPath;
import lazaret.vetting.origin.NameOrigin;
import lazaret.vetting.origin.NameOrigins;
import org.jspecify.annotations.Nullable;

/// The check that no request to another machine has a private or reserved name in it. It is behind
/// the upstream of private crates, which never passes such a name on: a request that it stops is a
/// mistake of this program. Thread-safe.
///
/// It compares the crate that a request is about, and below that each part of the address and of
/// the headers that a caller could have written. Hosts are not compared, since only configuration
/// and upstream determine them.
public final class OutboundNameCheck {
  /// The headers whose values have words of the protocol, or what upstream sent before.
  private static final Pattern PROTOCOL_HEADER =
      Pattern.compile("accept|accept-encoding|range|if-.*", Pattern.CASE_INSENSITIVE);

  /// A SHA-1 or SHA-256, whose digits could be a name.
  private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{40}|[0-9a-fA-F]{64}");

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Za-z0-9_.@+-]+");
  private static final String ARCHIVE = ".crate";

  /// The word that cargo appends to a `dl` without markers.
  private static final String DOWNLOAD = "download";

  private record Rules(NameOrigins origins, Consumer<CrateName> stopped) {}

  private volatile Rules rules;

  /// Creates a check.
  ///
  /// @param origins the origins of names
  /// @param stopped receives the name in a request that is not sent; it is called by the thread
  ///   that wanted to send it
  public OutboundNameCheck(NameOrigins origins, Consumer<CrateName> stopped) {
    this.rules = new Rules(origins, stopped);
  }

  /// Replaces both parts, for requests from now on.
  ///
  /// @param origins the origins of names
  /// @param stopped as in the constructor
  public void use(NameOrigins origins, Consumer<CrateName> stopped) {
    this.rules = new Rules(origins, stopped);
  }

  /// Returns whether a request may not be sent, and reports the name in it.
  ///
  /// @param at the address of this hop
  boolean stops(OutboundRequest request, URI at) {
    Rules now = rules;
    CrateName found = found(now.origins(), request, at);
    if (found == null) {
      return false;
    }
    now.stopped().accept(found);
    return true;
  }

  private static @Nullable CrateName found(NameOrigins origins, OutboundRequest request, URI at) {
    CrateName crate = request.subject().crate();
    if (crate != null && origins.of(crate) != NameOrigin.PUBLIC) {
      return crate;
    }
    Set<String> explained = explained(request.subject());
    return Stream.concat(words(at), words(request.headers()))
        .filter(word -> !explained.contains(word.toLowerCase(Locale.ROOT)))
        .flatMap(OutboundNameCheck::names)
        .filter(name -> origins.of(name) != NameOrigin.PUBLIC)
        .findFirst()
        .orElse(null);
  }

  /// Returns the parts of an address that no caller writes: those of the configuration, and the
  /// folders of the crate's index file, in lower case.
  private static Set<String> explained(OutboundRequest.Subject subject) {
    Set<String> explained = new HashSet<>();
    words(subject.fixed()).forEach(word -> explained.add(word.toLowerCase(Locale.ROOT)));
    CrateName crate = subject.crate();
    if (crate != null) {
      words(IndexPath.of(crate)).forEach(explained::add);
      explained.add(DOWNLOAD);
    }
    return explained;
  }

  private static Stream<String> words(URI at) {
    String path = at.getPath();
    String query = at.getQuery();
    return Stream.concat(
        path == null ? Stream.empty() : words(path),
        query == null ? Stream.empty() : words(query.replace('+', ' ')));
  }

  private static Stream<String> words(Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(header -> !PROTOCOL_HEADER.matcher(header.getKey()).matches())
        .flatMap(header -> words(header.getValue()));
  }

  private static Stream<String> words(String text) {
    return BETWEEN_WORDS.splitAsStream(text);
  }

  /// Returns the names that a word can mean: `NAME`, `NAME-VERSION.crate`, `NAME@VERSION` or a file
  /// `NAME.xml`.
  private static Stream<CrateName> names(String word) {
    if (DIGEST.matcher(word).matches()) {
      return Stream.empty();
    }
    String name = withoutVersion(word);
    int dot = name.indexOf('.');
    return Stream.of(dot < 0 ? name : name.substring(0, dot))
        .filter(CrateName::isValid)
        .map(CrateName::parse);
  }

  private static String withoutVersion(String word) {
    String plain =
        word.endsWith(ARCHIVE) ? word.substring(0, word.length() - ARCHIVE.length()) : word;
    for (int at = 1; at < plain.length(); at++) {
      char c = plain.charAt(at);
      if ((c == '-' || c == '@') && CrateVersion.isValid(plain.substring(at + 1))) {
        return plain.substring(0, at);
      }
    }
    return plain;
  }
}
