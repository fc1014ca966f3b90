package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import lazaret.vetting.Deadline;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import lazaret.vetting.inspect.rust.WordTable;
import lazaret.vetting.inspect.source.SourceFacts.Trait;

/// One pass over the tokens of one source. Bodies and arguments of macros are read like other code,
/// without expansion. Used once.
final class RustScan {
  /// The number of tokens after which the deadline is checked: those of a common source.
  private static final int BETWEEN_QUESTIONS = 2_048;

  private final RustTokens tokens;
  private final ModuleCollector modules;
  private final NameResolution names;
  private final PathResolver paths;
  private final LiteralScan literals;
  private final TestRegions regions;
  private final MacroScan macros;
  private final Map<Trait, Integer> traits = new EnumMap<>(Trait.class);
  private final BehaviorCollector conduct;
  private final ParticularScan particulars;
  private RegionCollectors kept = new RegionCollectors(OccurrenceBudget.none());
  private int depth;
  private int nativesUntil = -1;
  private boolean macroUse;
  private int foreignCrate;
  private int lineOf;
  private int line = 1;

  RustScan(ScanRules rules, String path, RustTokens tokens, Map<String, String> renames) {
    this.tokens = tokens;
    modules = new ModuleCollector(path, tokens);
    names = new NameResolution(tokens, renames);
    paths = new PathResolver(tokens, names, this::hit);
    literals = new LiteralScan(rules, tokens, this::hit, this::hit);
    regions = new TestRegions(tokens);
    macros = new MacroScan(tokens, regions);
    conduct = new BehaviorCollector(tokens);
    particulars = new ParticularScan(path, tokens, this::lineAt);
  }

  /// Sets whether a dependency of the crate reaches the network.
  RustScan reaching(boolean network) {
    conduct.reaches(network);
    return this;
  }

  /// Sets the budget for occurrences after the first few.
  RustScan keeping(OccurrenceBudget budget) {
    kept = new RegionCollectors(budget);
    return this;
  }

  SourceFacts facts(boolean fingerprint, Deadline deadline) {
    literals.readConstants();
    int foreignTest = UseDeclarations.read(tokens, names);
    if (foreignTest > 0) {
      traits.put(Trait.IMPORTS_MACROS, tokens.line(foreignTest));
    }
    int at = 0;
    int asked = 0;
    boolean inTime = true;
    while (at < tokens.size() && inTime) {
      int from = at;
      at = step(from);
      BehaviorCollector.Region region = region(from);
      conduct.passed(from, at, region);
      particulars.passed(from, at, region);
      if (at >= asked + BETWEEN_QUESTIONS) {
        asked = at;
        inTime = !deadline.passed();
      }
    }
    literals.finish();
    boolean dropped =
        modules.dropped()
            || names.dropped()
            || paths.dropped()
            || literals.dropped()
            || macros.dropped();
    boolean followed = inTime && conduct.follow(fingerprint, this::keep);
    return new SourceFacts(
        kept.shown(BehaviorCollector.Region.CODE),
        kept.shown(BehaviorCollector.Region.TEST),
        kept.shown(BehaviorCollector.Region.MARKED),
        modules.references(),
        fingerprint ? TokenDigest.of(tokens) : SourceFacts.NO_TOKENS,
        tokens.whole() && followed && !dropped,
        traits(),
        macros.found(),
        particulars.particulars(),
        conduct.links());
  }

  private Map<Trait, Integer> traits() {
    TestCfgScan found = literals.testSwitch();
    if (found.sets() >= 0) {
      traits.put(Trait.SETS_CFG, tokens.line(found.sets()));
    }
    if (found.names() >= 0) {
      traits.put(Trait.NAMES_TEST, tokens.line(found.names()));
    }
    if (modules.computed() > 0) {
      traits.put(Trait.COMPUTES_NAMES, modules.computed());
    }
    if (modules.crowded()) {
      traits.put(Trait.NAMES_MANY, 1);
    }
    if (macroUse && foreignCrate > 0) {
      traits.putIfAbsent(Trait.IMPORTS_MACROS, foreignCrate);
    }
    return traits;
  }

  private int step(int at) {
    return switch (tokens.kind(at)) {
      case IDENTIFIER -> {
        literals.word(at);
        yield identifier(at);
      }
      case STRING, RAW_STRING, BYTE_STRING, RAW_BYTE_STRING, C_STRING, RAW_C_STRING -> {
        if (Vocabulary.PATH == tokens.word(at - 2)
            && tokens.is(at - 1, '=')
            && regions.inAttribute(at)) {
          modules.path(new String(tokens.value(at), StandardCharsets.UTF_8));
        }
        modules.mentioned(at, regions.test(at), this::lineAt);
        literals.string(at);
        yield at + 1;
      }
      case CHARACTER, BYTE -> {
        literals.character(at);
        yield at + 1;
      }
      case NUMBER -> {
        literals.number(at);
        yield at + 1;
      }
      case PATH_SEPARATOR, LIFETIME -> at + 1;
      case PUNCTUATION -> {
        literals.punctuation(at);
        yield punctuation(at);
      }
    };
  }

  private int punctuation(int at) {
    char c = tokens.punctuation(at);
    if ((c == '{' || c == '}' || c == ';') && !regions.inAttribute(at)) {
      modules.itemEnded();
    }
    switch (c) {
      case '{' -> depth++;
      case '}' -> {
        depth--;
        modules.closed(depth);
      }
      case '#' -> regions.attribute(at, depth);
      case '$' -> {
        if (tokens.is(at + 1, TokenKind.IDENTIFIER)
            && tokens.word(at + 1) != Vocabulary.CRATE
            && tokens.is(at + 2, TokenKind.PATH_SEPARATOR)) {
          return paths.filledIn(at + 1);
        }
      }
      default -> {}
    }
    return at + 1;
  }

  private int identifier(int at) {
    int word = tokens.word(at);
    regions.macro(at);
    Capability anywhere = Vocabulary.PATHS.anywhere(word);
    if (anywhere != null) {
      hit(anywhere, at);
    }
    if (tokens.is(at - 1, '.')) {
      if (word == Vocabulary.PARENT && tokens.is(at + 1, '(')) {
        hit(Capability.PARENT_WALK, at);
      }
      return at + 1;
    }
    if (word == Vocabulary.USE && !tokens.is(at + 1, '<')) {
      macros.use(at);
      return passed(at, Math.max(at + 1, paths.use(at + 1)));
    }
    if (tokens.is(at + 1, '!')) {
      return invoked(at, word);
    }
    return keyword(at, word);
  }

  private int keyword(int at, int word) {
    if (word == WordTable.UNKNOWN) {
      return path(at);
    }
    if (word == Vocabulary.UNSAFE) {
      hit(Capability.UNSAFE, at);
    } else if (word == Vocabulary.EXTERN) {
      return extern(at);
    } else if (word == Vocabulary.MOD && tokens.is(at + 1, TokenKind.IDENTIFIER)) {
      modules.declared(at + 1, depth, testOnly(at), lineAt(at));
      return at + 2;
    } else if (word == Vocabulary.MOD && tokens.is(at + 1, '$')) {
      modules.filledIn(at + 2, testOnly(at), lineAt(at));
    } else if (word == Vocabulary.PATH && tokens.is(at + 1, '=') && regions.inAttribute(at)) {
      pathAttribute(at + 2);
    } else if (word == Vocabulary.MACRO_USE) {
      macroUse = true;
    } else if (word == Vocabulary.FN && at < nativesUntil) {
      nativeFunction(at + 1);
    } else if (word == Vocabulary.LINK_NAME && tokens.is(at + 1, '=')) {
      linkName(at + 2);
    } else if (word == Vocabulary.IPV4) {
      address(at);
    }
    return path(at);
  }

  private int path(int at) {
    boolean continues =
        tokens.is(at - 1, TokenKind.PATH_SEPARATOR)
            && at > 1
            && (tokens.is(at - 2, TokenKind.IDENTIFIER) || tokens.is(at - 2, '>'));
    return continues ? at + 1 : passed(at, paths.expression(at));
  }

  /// Reads the single names in a path or tree.
  private int passed(int from, int to) {
    for (int i = from + 1; i < to && i < tokens.size(); i++) {
      Capability anywhere = Vocabulary.PATHS.anywhere(tokens.word(i));
      if (anywhere != null) {
        hit(anywhere, i);
      }
      if (tokens.word(i) == Vocabulary.IPV4) {
        address(i);
      }
    }
    return to;
  }

  private int invoked(int at, int word) {
    macros.macro(at, lineAt(at));
    if (word == Vocabulary.ASM || word == Vocabulary.GLOBAL_ASM) {
      hit(Capability.INLINE_ASM, at);
    }
    if (names.isInclude(at)) {
      SourceReference.Kind kind =
          testOnly(at) ? SourceReference.Kind.TEST_SOURCE : SourceReference.Kind.NAMED_SOURCE;
      modules.included(kind, at + 2, lineAt(at));
    } else if ((word == Vocabulary.INCLUDE_STR || word == Vocabulary.INCLUDE_BYTES)
        && !documents(at)) {
      SourceReference.Kind kind =
          testOnly(at) ? SourceReference.Kind.TEST_DATA : SourceReference.Kind.DATA;
      modules.included(kind, at + 2, lineAt(at));
    } else if (word == Vocabulary.STRINGIFY
        && tokens.word(at + 3) == Vocabulary.TEST
        && tokens.is(at + 4, TokenKind.PUNCTUATION)) {
      literals.testSwitch().named(at);
    }
    return at + 1;
  }

  /// Returns whether the files that a token pulls in are those of a test. `#[test]` may be foreign.
  private boolean testOnly(int at) {
    return regions.test(at) && !regions.marked(at);
  }

  /// Records a path that is not a literal: `#[path = $p]`.
  private void pathAttribute(int value) {
    if (value < tokens.size() && !tokens.kind(value).string()) {
      modules.computed(lineAt(value));
    }
  }

  /// Returns whether a token is the value of an attribute for readers: `#[doc = include_str!(..)]`.
  private boolean documents(int at) {
    return tokens.is(at - 1, '=') && Vocabulary.prose(tokens.word(at - 2));
  }

  /// Reads `extern crate a as b;` and the head of `extern "C" {`.
  private int extern(int at) {
    if (tokens.word(at + 1) == Vocabulary.CRATE) {
      if (foreignCrate == 0 && !Vocabulary.ownCrate(tokens.word(at + 2))) {
        foreignCrate = lineAt(at);
      }
      return Math.max(at + 1, paths.use(at + 2));
    }
    int open = at + 1;
    if (open < tokens.size() && tokens.kind(open).string()) {
      open++;
    }
    if (tokens.is(open, '{')) {
      hit(Capability.FFI, at);
      if (at >= nativesUntil) {
        nativesUntil = regions.close(open);
      }
    }
    return at + 1;
  }

  private void nativeFunction(int name) {
    Capability gives = Vocabulary.PATHS.nativeFunction(tokens.word(name));
    // Bindings to JavaScript declare the methods of objects: `fn connect(this: &Gatt)`.
    boolean method = gives == Capability.NETWORK && tokens.word(name + 2) == Vocabulary.THIS;
    if (gives != null && !method) {
      hit(gives, name);
    }
  }

  /// Reads the name of a function of another language that has another name in Rust.
  private void linkName(int value) {
    if (value < tokens.size() && tokens.kind(value).string()) {
      String name = new String(tokens.value(value), StandardCharsets.UTF_8);
      Capability gives = Vocabulary.PATHS.nativeFunction(Vocabulary.PATHS.words().number(name));
      if (gives != null) {
        hit(gives, value);
      }
    }
  }

  /// Reads `Ipv4Addr::new(1, 2, 3, 4)`.
  private void address(int at) {
    if (tokens.word(at + 2) != Vocabulary.NEW || !tokens.is(at + 3, '(')) {
      return;
    }
    for (int part = 0; part < 4; part++) {
      if (!tokens.is(at + 4 + 2 * part, TokenKind.NUMBER)) {
        return;
      }
    }
    boolean none = tokens.text(at + 4).equals("0") || tokens.text(at + 4).equals("255");
    if (!none) {
      hit(Capability.IP_ADDRESS, at);
    }
  }

  private void hit(Capability what, int token) {
    hit(what, token, "");
  }

  /// @param note a description of the occurrence, or the empty text for its line
  private void hit(Capability what, int token, String note) {
    conduct.met(what, token);
    if (what == Capability.NETWORK_CLIENT) {
      return;
    }
    particulars.met(what, token, region(token));
    keep(region(token), new BehaviorCollector.Seen(what, token, note));
  }

  private BehaviorCollector.Region region(int token) {
    if (!regions.test(token)) {
      return BehaviorCollector.Region.CODE;
    }
    return regions.marked(token) ? BehaviorCollector.Region.MARKED : BehaviorCollector.Region.TEST;
  }

  private void keep(BehaviorCollector.Region region, BehaviorCollector.Seen seen) {
    SourceFacts.Collector collector = kept.of(region);
    if (collector.count(seen.what())) {
      int token = seen.token();
      String says = seen.note().isEmpty() ? SourceLine.of(tokens, token) : seen.note();
      collector.keep(new CapabilityUse(seen.what(), lineAt(token), says));
    }
  }

  /// Returns the line of a token. Tokens come mostly in order, so that the source is counted about
  /// once.
  private int lineAt(int token) {
    int position = tokens.start(token);
    byte[] source = tokens.source();
    if (position < lineOf) {
      // The first of several pieces, slightly earlier.
      int earlier = line;
      for (int i = position; i < lineOf; i++) {
        earlier -= source[i] == '\n' ? 1 : 0;
      }
      return earlier;
    }
    for (int i = lineOf; i < position; i++) {
      if (source[i] == '\n') {
        line++;
      }
    }
    lineOf = position;
    return line;
  }
}
