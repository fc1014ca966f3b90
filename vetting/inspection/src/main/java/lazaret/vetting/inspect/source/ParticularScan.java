package lazaret.vetting.inspect.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.literal.AhoCorasick;
import lazaret.vetting.inspect.particular.AddressLiterals;
import lazaret.vetting.inspect.particular.Particular;
import lazaret.vetting.inspect.particular.ParticularKind;
import lazaret.vetting.inspect.particular.SourceParticulars;
import lazaret.vetting.inspect.rust.RustTokens;
import lazaret.vetting.inspect.rust.TokenKind;
import lazaret.vetting.inspect.rust.WordTable;

/// A collector of the particulars of one source, while it is read. Not thread-safe.
final class ParticularScan {
  /// The maximum number of particulars of one source.
  private static final int MAX = 2_048;

  /// The number of tokens in which the arguments of a call are searched.
  private static final int ARGUMENTS = 96;

  /// The number of tokens of arguments that are read in one source.
  private static final int MAX_LOOKED = 1 << 18;

  private static final Pattern SECRET =
      Pattern.compile(
          "(?<![a-z])token(?!_?(stream|tree|kind|iz))|secret|passw|passphrase|credential"
              + "|private_?key|api_?key|access_?key|signing_?key|mnemonic|seed|session|cookie"
              + "|bearer|wallet");

  /// Texts of which each match of [#SECRET] contains one.
  private static final AhoCorasick SECRETS =
      new AhoCorasick(
          List.of(
              ("token secret passw credential privatekey private_key apikey api_key accesskey"
                      + " access_key signingkey signing_key mnemonic seed session cookie bearer"
                      + " wallet passphrase")
                  .split(" ", -1)));

  private static final Pattern GUARDS =
      Pattern.compile(
          "(?i)verif|authenti|authori[sz]|(^|_)auth(_|$)|permi(t|ssion)|is_(valid|trusted|allowed|safe"
              + "|admin|owner)|validate|sanitiz|password|passphrase|credential|secret|login|signature"
              + "|encrypt|decrypt|hmac|nonce|(^|_)seed|keypair|private_key|random|redact"
              + "|escape|recipient|payout|transfer|withdraw");

  /// Texts of which each match of [#GUARDS] contains one.
  private static final AhoCorasick GUARD_PARTS =
      new AhoCorasick(
          List.of(
              ("verif auth permi is_ validate sanitiz password passphrase credential secret login"
                      + " signature encrypt decrypt hmac nonce seed keypair private_key random redact"
                      + " escape recipient payout transfer withdraw")
                  .split(" ", -1)));

  private static final Pattern DATE =
      Pattern.compile("(?:19|20)\\d\\d-(?:0[1-9]|1[0-2])(?:-[0-3]\\d.*)?");

  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  /// The role of a word.
  private enum Role {
    FUNCTION,
    MAPPING,
    EXPORT,
    EPOCH,
    NOW,
    ARGUMENT,
    SENDS,
    HANDS,
    ROUTES
  }

  private static final Map<Role, String> VOCABULARY =
      Map.of(
          Role.FUNCTION, "fn",
          Role.MAPPING,
              "mmap mmap64 mprotect VirtualAlloc VirtualAllocEx VirtualProtect memfd_create"
                  + " map_exec map_anon make_exec MmapMut PROT_EXEC PAGE_EXECUTE_READWRITE",
          Role.EXPORT, "no_mangle export_name link_section ctor dtor",
          Role.EPOCH, "UNIX_EPOCH",
          Role.NOW, "now now_utc now_local today clock_gettime gettimeofday",
          Role.ARGUMENT, "arg args raw_arg arg0 env envs set_var stdin current_dir pre_exec exec",
          Role.SENDS,
              "post put patch send send_to send_all send_request execute request"
                  + " send_message send_json send_string send_bytes send_form connect fetch"
                  + " publish",
          Role.HANDS,
              "write_all json body form query headers bearer_auth basic_auth multipart set_body"
                  + " append insert_header param with_header set extend insert",
          Role.ROUTES,
              "bcc cc reply_to to header route service nest resource mount at add_header set_header"
                  + " append_header typed_header insert_header_str scope");
  private static final WordTable WORDS =
      WordTable.of(
          new EnumMap<>(VOCABULARY)
              .values().stream().flatMap(all -> Stream.of(all.split(" ", -1))).toList());
  private static final Role[] ROLES = roles();

  private static Role[] roles() {
    Role[] roles = new Role[WORDS.size()];
    new EnumMap<>(VOCABULARY)
        .forEach(
            (role, all) ->
                Stream.of(all.split(" ", -1)).forEach(w -> roles[WORDS.number(w)] = role));
    return roles;
  }

  private final String path;
  private final RustTokens tokens;
  private final IntUnaryOperator lines;
  private final Map<BehaviorCollector.Region, List<Particular>> found =
      new EnumMap<>(BehaviorCollector.Region.class);
  private final Set<String> seen = new HashSet<>();
  private long hash;
  private final SimilarNames names = new SimilarNames();
  private final BuildScriptActions acts;
  private int function = -1;
  private int guard = -1;
  private int guardDepth;
  private int guardHash;
  private int passed;
  private int looked;

  ParticularScan(String path, RustTokens tokens, IntUnaryOperator lines) {
    this.path = path;
    this.tokens = tokens;
    this.lines = lines;
    this.acts = new BuildScriptActions(tokens);
  }

  /// Records a capability at a token.
  void met(Capability what, int at, BehaviorCollector.Region region) {
    if (what == Capability.PROCESS) {
      acts.started(at).ifPresent(text -> add(ParticularKind.COMMAND, text, at, region));
    } else if (what == Capability.FS_WRITE) {
      acts.written(at).ifPresent(text -> add(ParticularKind.WRITE, text, at, region));
    }
  }

  /// Reads tokens.
  void passed(int from, int to, BehaviorCollector.Region region) {
    for (int at = Math.max(from, passed); at < to && at < tokens.size(); at++) {
      token(at, region);
    }
    passed = Math.max(passed, to);
  }

  private void token(int at, BehaviorCollector.Region region) {
    byte[] source = tokens.source();
    int of = hash(at);
    if (region == BehaviorCollector.Region.CODE) {
      hash = SPREAD * hash + of;
      guarded(at, of);
    }
    switch (tokens.kind(at)) {
      case IDENTIFIER -> {
        int word = WORDS.number(source, tokens.start(at), tokens.end(at), of);
        if (word != WordTable.UNKNOWN) {
          identifier(at, word, region);
        }
      }
      case STRING, RAW_STRING, BYTE_STRING, RAW_BYTE_STRING, C_STRING, RAW_C_STRING ->
          text(at, region);
      case NUMBER -> number(at, region);
      case LIFETIME, PATH_SEPARATOR, PUNCTUATION, CHARACTER, BYTE -> {}
    }
  }

  private int hash(int at) {
    int known = tokens.hash(at);
    // The hash of one byte is that byte.
    int of = known == 0 ? tokens.punctuation(at) : known;
    if (of != 0) {
      return of;
    }
    byte[] source = tokens.source();
    for (int i = tokens.start(at); i < tokens.end(at); i++) {
      of = WordTable.HASH_FACTOR * of + source[i];
    }
    return of;
  }

  /// Reads the body of a function that guards access, up to its end.
  private void guarded(int at, int of) {
    if (guard < 0) {
      return;
    }
    guardHash = WordTable.HASH_FACTOR * guardHash + of;
    switch (tokens.punctuation(at)) {
      case '{' -> guardDepth++;
      case '}' -> guardDepth--;
      case ';' -> {
        if (guardDepth == 0) {
          guard = -1;
          return;
        }
      }
      default -> {}
    }
    if (guardDepth == 0 && tokens.is(at, '}')) {
      String text = tokens.text(guard) + " #" + Integer.toHexString(guardHash);
      add(ParticularKind.GUARD, text, guard, BehaviorCollector.Region.CODE);
      guard = -1;
    }
  }

  private void identifier(int at, int word, BehaviorCollector.Region region) {
    switch (ROLES[word]) {
      case FUNCTION -> {
        function = at + 1;
        if (tokens.is(function, TokenKind.IDENTIFIER)) {
          if (guard < 0
              && maybe(GUARD_PARTS, function)
              && GUARDS.matcher(tokens.name(function)).find()) {
            guard = function;
            guardDepth = 0;
            guardHash = 0;
          }
          names
              .twin(tokens.name(function))
              .ifPresent(twin -> add(ParticularKind.NAME, twin, function, region));
        }
      }
      case MAPPING -> add(ParticularKind.MAPPING, tokens.text(at), at, region);
      case EXPORT -> exported(at, region);
      case EPOCH -> add(ParticularKind.CLOCK, "epoch", at, region);
      case NOW -> {
        if (tokens.is(at - 1, TokenKind.PATH_SEPARATOR) && tokens.is(at + 1, '(')) {
          String of = tokens.text(at - 2);
          if (!of.equals("Instant")) {
            add(ParticularKind.CLOCK, "now", at, region);
          }
        }
      }
      case ARGUMENT -> acts.argument(at).ifPresent(t -> add(ParticularKind.COMMAND, t, at, region));
      case SENDS, HANDS, ROUTES -> {
        if (tokens.is(at + 1, '(')
            && (tokens.is(at - 1, '.') || tokens.is(at - 1, TokenKind.PATH_SEPARATOR))) {
          called(at, ROLES[word], region);
        }
      }
    }
  }

  private void exported(int at, BehaviorCollector.Region region) {
    int value = at + 2;
    if (tokens.is(at + 1, '=') && value < tokens.size() && tokens.kind(value).string()) {
      add(ParticularKind.SYMBOL, tokens.text(at) + " " + tokens.text(value), at, region);
      return;
    }
    for (int i = at + 1; i < Math.min(tokens.size(), at + 48); i++) {
      if (tokens.word(i) == Vocabulary.FN || tokens.word(i) == Vocabulary.STATIC) {
        add(ParticularKind.SYMBOL, tokens.text(at) + " " + tokens.text(i + 1), at, region);
        return;
      }
    }
    add(ParticularKind.SYMBOL, tokens.text(at), at, region);
  }

  private void called(int at, Role role, BehaviorCollector.Region region) {
    if (role == Role.ROUTES) {
      int first = at + 2;
      String what =
          first < tokens.size() && tokens.kind(first).string() ? " " + tokens.text(first) : "";
      add(ParticularKind.ROUTE, tokens.text(at) + what, at, region);
    }
    if (role == Role.SENDS) {
      String in = function > 0 && function < tokens.size() ? tokens.text(function) : "";
      add(ParticularKind.SENDING, in + " " + tokens.text(at), at, region);
    }
    int depth = 0;
    for (int i = at + 1; i < Math.min(tokens.size(), at + ARGUMENTS); i++) {
      if (++looked > MAX_LOOKED) {
        return;
      }
      char c = tokens.punctuation(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0) {
        return;
      }
      boolean named = tokens.is(i, TokenKind.IDENTIFIER) || tokens.kind(i).string();
      if (named && maybe(SECRETS, i)) {
        String text = tokens.text(i).toLowerCase(Locale.ROOT);
        if (text.length() < 64 && SECRET.matcher(text).find()) {
          add(ParticularKind.SECRET, tokens.text(at) + " " + text, i, region);
        }
      }
    }
  }

  private boolean maybe(AhoCorasick parts, int at) {
    return parts.maybeIn(tokens.source(), tokens.start(at), tokens.end(at));
  }

  private void text(int at, BehaviorCollector.Region region) {
    int start = tokens.start(at);
    int end = tokens.end(at);
    byte[] source = tokens.source();
    int quote = start;
    while (quote < end && source[quote] != '"') {
      quote++;
    }
    int from = Math.min(quote + 1, end);
    int to = end;
    while (to > from && source[to - 1] == '#') {
      to--;
    }
    to = to > from && source[to - 1] == '"' ? to - 1 : to;
    if (tokens.is(at - 1, '=') && Vocabulary.prose(tokens.word(at - 2))) {
      return;
    }
    AddressLiterals.find(source, from, to)
        .ifPresent(text -> add(ParticularKind.ADDRESS, text, at, region));
    if (to - from >= 5 && to - from <= 256) {
      byte first = source[from];
      if (first == '/') {
        String text = new String(source, from, to - from, StandardCharsets.UTF_8);
        if (text.startsWith("/proc/") || text.startsWith("/sys/")) {
          add(ParticularKind.SYSTEM_PATH, text, at, region);
        }
      } else if (first == '2' || first == '1') {
        String text = new String(source, from, to - from, StandardCharsets.UTF_8);
        if (DATE.matcher(text).matches()) {
          add(ParticularKind.DATE, text, at, region);
        }
      }
    }
  }

  /// Reads a current year, or a current time in seconds or milliseconds since 1970.
  private void number(int at, BehaviorCollector.Region region) {
    byte[] source = tokens.source();
    long value = 0;
    int digits = 0;
    for (int i = tokens.start(at); i < tokens.end(at); i++) {
      byte b = source[i];
      if (b == 'i' || b == 'u') {
        break;
      }
      if (b != '_') {
        if (b < '0' || b > '9' || ++digits > 13) {
          return;
        }
        value = 10 * value + (b - '0');
      }
    }
    long seconds = digits == 13 ? value / 1_000 : value;
    boolean year = digits == 4 && value >= 2_020 && value < 2_040;
    boolean time = digits >= 10 && seconds > 1_500_000_000L && seconds < Integer.MAX_VALUE;
    if (year || (time && digits != 11 && digits != 12)) {
      add(ParticularKind.DATE, String.valueOf(value), at, region);
    }
  }

  private void add(ParticularKind kind, String text, int at, BehaviorCollector.Region region) {
    if (seen.size() < MAX && seen.add(region + " " + kind + " " + text)) {
      found
          .computeIfAbsent(region, _ -> new ArrayList<>())
          .add(new Particular(kind, text, path, lines.applyAsInt(at)));
    }
  }

  /// Returns the particulars that were found.
  SourceParticulars particulars() {
    return new SourceParticulars(
        hash,
        found.getOrDefault(BehaviorCollector.Region.CODE, List.of()),
        found.getOrDefault(BehaviorCollector.Region.TEST, List.of()),
        found.getOrDefault(BehaviorCollector.Region.MARKED, List.of()));
  }
}
