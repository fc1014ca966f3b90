package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.FunctionBodies;
import lazaret.vetting.inspect.code.FunctionBodies.Body;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// Damage without profit for the attacker.
///
/// Such are commands that destroy, loops that start processes without end, and harm only in some
/// countries or languages. Others are programs that end at random, and connections that are relayed
/// for another machine.
final class SabotageRules {
  private static final Pattern DESTROYS =
      Pattern.compile(
          "(?i)\\brm +-[a-z]*(?:r[a-z]*f|f[a-z]*r)[a-z]* +(?:--no-preserve-root"
              + " +)?[\"']?(?:/|~|\\$\\{?HOME)(?:[\"' *;&]|/?\\*|/?$|/\\.\\?)|\\bdel"
              + " +/[fsq].*[a-z]:\\\\|\\bformat +[a-z]: |\\bmkfs\\.|\\bdd"
              + " +if=/dev/(?:zero|u?random) +of=/dev/|vssadmin +delete|\\bcipher +/w|wbadmin"
              + " +delete|recoveryenabled +no|:\\(\\) *\\{ *:");

  /// Words for the place of a machine, in lower case.
  private static final Set<String> REGION =
      Set.of(
          ("get_locale current_locale sys_locale locale_config get_timezone iana_time_zone country"
                  + " countrycode country_code geoip geo_ip region_code getuserdefaultlocalename"
                  + " getsystemdefaultuilanguage timezone time_zone locale")
              .split(" ", -1));

  private static final WordSet BEGIN = WordSet.of("abort", "exit", "loop");
  private static final Pattern TUNNEL =
      Pattern.compile("(?:^|-R ?|[0-9]:)[0-9.*]*:?(?:localhost|127\\.0\\.0\\.1):22$|-R [0-9]+:");
  private static final Set<String> VARIABLES =
      Set.of("LANG", "LC_ALL", "LANGUAGE", "TZ", "LC_MESSAGES");
  private static final Set<String> HARMS =
      Set.of(
          ("remove_dir_all remove_file set_len abort exit truncate kill overwrite wipe unlink"
                  + " execute execute_batch")
              .split(" ", -1));
  private static final Pattern DROPS =
      Pattern.compile("(?i)\\bdrop +(?:table|database|schema)\\b|\\btruncate\\b|\\brm -");
  private static final Set<String> DICE =
      Set.of(
          ("random gen_bool gen_range random_bool random_range next_u32 subsec_nanos as_secs"
                  + " as_millis as_nanos now timestamp fastrand elapsed")
              .split(" ", -1));
  private static final Set<String> WAITS =
      Set.of(
          ("accept recv sleep join next await read read_line poll wait park break return pop"
                  + " lock incoming recv_timeout recv_from")
              .split(" ", -1));
  private static final int ROUNDS = 2;
  private static final int[] NONE = {};

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;

  SabotageRules(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  void find(Locations places) {
    boolean regions = false;
    boolean dice = false;
    boolean loops = false;
    int[] begins = code.at(word -> BEGIN.contains(word) || region(word));
    int[] all =
        IntStream.concat(Arrays.stream(code.strings()), Arrays.stream(begins)).sorted().toArray();
    for (int i : all) {
      if (places.tests().get(i)) {
        continue;
      }
      if (code.string(i)) {
        String text = code.literal(i);
        regions |= VARIABLES.contains(text);
        boolean home = text.equals("rm") && code.is(i - 1, '(') && removes(i);
        if (!places.commands().isEmpty() && (home || DESTROYS.matcher(text).find())) {
          receiver.found(Behavior.DESTRUCTION, i, "");
        }
      } else {
        regions |= region(code.word(i));
        dice |= code.is(i, "abort") || code.is(i, "exit");
        loops |= code.is(i, "loop") && code.is(i + 1, '{');
        if (loops && code.is(i, "loop")) {
          endless(i + 1);
        }
      }
    }
    if (regions || dice) {
      gated(places, code.named(SabotageRules::region), dice);
    }
    relayed(places);
  }

  /// Returns whether a word names the place of a machine, in any case of its letters.
  static boolean region(String word) {
    return REGION.contains(word.toLowerCase(Locale.ROOT));
  }

  /// Reads `Command::new("rm").args(["-rf", &home])`.
  private boolean removes(int at) {
    int end = Math.min(code.end(at + 2, false), at + 96);
    String text = values.texts().of(at + 1, end);
    boolean all = text.matches("(?s).*-[a-z]*r[a-z]*.*\u0001/?\\*?\u0002?");
    return all && ValueOrigin.any(values.origins(new Range(at + 1, end)), ValueOrigin.HOME);
  }

  /// Reads `loop { spawn(..); }` without a call that waits.
  private void endless(int open) {
    boolean starts = false;
    for (int i = open; i < code.close(open); i++) {
      if (WAITS.contains(code.word(i))) {
        return;
      }
      starts |= code.is(i, "spawn") && code.is(i + 1, '(');
    }
    if (starts) {
      receiver.found(Behavior.DESTRUCTION, open, "");
    }
  }

  /// Reads `if locale.starts_with(..) { destroy(); }` and `if now % 5 == 0 { abort(); }`.
  private void gated(Locations places, boolean[] region, boolean dice) {
    var bodies = new FunctionBodies(code, places.tests());
    Set<String> regional = bound(region, true);
    Set<String> thrown = dice ? bound(code.named(DICE::contains), false) : Set.of();
    for (int i = 0; i < code.size(); i++) {
      int block = code.is(i, "if") && !places.tests().get(i) ? code.end(i + 1, true) : -1;
      if (block <= i || !code.is(block, '{') || block - i > 160) {
        continue;
      }
      Range condition = new Range(i + 1, block);
      Range inside = new Range(block, code.close(block));
      if (mentions(condition, region, regional) && hasText(condition) && harms(inside, bodies, 0)) {
        receiver.found(Behavior.DESTRUCTION, i, "");
        return;
      }
      if (dice && divides(condition, thrown) && ends(inside)) {
        receiver.found(Behavior.FIXED_DATE, i, "");
        return;
      }
    }
  }

  private Set<String> bound(boolean[] named, boolean variables) {
    Set<String> names = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < code.size(); i++) {
        if (code.is(i, "let")) {
          int name = code.is(i + 1, "mut") ? i + 2 : i + 1;
          int end = Math.min(code.end(name, false), i + 96);
          for (int k = name + 1; k < end; k++) {
            boolean text = variables && code.string(k) && VARIABLES.contains(code.literal(k));
            if (text || code.is(k, named) || names.contains(code.word(k))) {
              names.add(code.word(name));
              break;
            }
          }
        }
      }
    }
    names.remove("");
    return names;
  }

  private boolean mentions(Range range, boolean[] named, Set<String> names) {
    for (int i = range.from(); i < range.to(); i++) {
      boolean text = code.string(i) && VARIABLES.contains(code.literal(i));
      if (text || code.is(i, named) || names.contains(code.word(i))) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a condition compares with a short text, such as that of a language.
  private boolean hasText(Range range) {
    for (int i = range.from(); i < range.to(); i++) {
      if (code.string(i) && code.literal(i).length() < 32 && !VARIABLES.contains(code.literal(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean harms(Range range, FunctionBodies bodies, int depth) {
    for (int i = range.from(); i < range.to() && code.spend(1); i++) {
      String word = code.word(i);
      boolean call = code.is(i + 1, '(');
      if (word.equals("loop") && code.is(i + 1, '{') && forever(i + 1)) {
        return true;
      }
      boolean writes = word.equals("write") && code.separator(i - 1) && code.is(i - 2, "fs");
      if ((call && (HARMS.contains(word) || writes))
          || (code.string(i) && DROPS.matcher(code.literal(i)).find())) {
        return true;
      }
      for (Body body : call && depth < ROUNDS ? bodies.all() : List.<Body>of()) {
        boolean own = body.name().equals(word) && !body.holds(i);
        if (own && harms(new Range(body.open(), body.close()), bodies, depth + 1)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean forever(int open) {
    for (int i = open; i < code.close(open); i++) {
      if (WAITS.contains(code.word(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean divides(Range range, Set<String> thrown) {
    boolean rest = false;
    boolean named = false;
    for (int i = range.from(); i < range.to(); i++) {
      rest |= code.is(i, '%') || code.is(i, "gen_bool") || code.is(i, "random_bool");
      named |= thrown.contains(code.word(i)) || DICE.contains(code.word(i));
    }
    return rest && named;
  }

  private boolean ends(Range range) {
    for (int i = range.from(); i < range.to(); i++) {
      if ((code.is(i, "abort") || code.is(i, "exit")) && code.is(i + 1, '(')) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether a word names a connection, its source or a copy, in any case of its letters.
  private static boolean relays(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return lower.startsWith("connect")
        || lower.contains("listener")
        || lower.equals("accept")
        || lower.equals("incoming")
        || lower.equals("copy")
        || lower.startsWith("copy_bidirectional");
  }

  /// Reads a connection to an address from another connection, joined to that one, in a source that
  /// does not listen.
  private void relayed(Locations places) {
    int tunnel = -1;
    boolean ssh = false;
    for (int i : places.commands().isEmpty() ? NONE : code.strings()) {
      if (!places.tests().get(i)) {
        String text = code.literal(i);
        ssh |= text.equals("ssh") || text.endsWith("/ssh") || text.startsWith("ssh ");
        tunnel = tunnel < 0 && TUNNEL.matcher(text).find() ? i : tunnel;
      }
    }
    if (ssh && tunnel >= 0) {
      receiver.found(Behavior.RELAY, tunnel, "");
    }
    int connect = -1;
    boolean joins = false;
    for (int i : places.networks().isEmpty() ? NONE : code.at(SabotageRules::relays)) {
      String word = code.word(i).toLowerCase(Locale.ROOT);
      if (places.tests().get(i)) {
        continue;
      }
      if (word.equals("accept") || word.contains("listener") || word.equals("incoming")) {
        return;
      }
      joins |=
          word.startsWith("copy_bidirectional") || (word.equals("copy") && code.is(i - 2, "io"));
      boolean call = word.startsWith("connect") && code.is(i + 1, '(') && !code.is(i - 1, "fn");
      if (call
          && ValueOrigin.any(
              values.origins(new Range(i + 2, code.close(i + 1))), ValueOrigin.FOREIGN)) {
        connect = i;
      }
    }
    if (joins && connect >= 0) {
      receiver.found(Behavior.RELAY, connect, "");
    }
  }
}
