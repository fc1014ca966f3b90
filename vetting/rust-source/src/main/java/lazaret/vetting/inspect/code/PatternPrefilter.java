package lazaret.vetting.inspect.code;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/// The patterns that could match a text, found in one pass over it.
///
/// A pattern names literals of which every matching text contains at least one, in any case of
/// ASCII letters. The pass searches the literals of all patterns at once (Aho and Corasick 1975),
/// with one step in a table for each character. Most texts of a source contain none of them, so no
/// pattern runs on them.
///
/// A new pattern is another constant of [Need] with its literals. A missing literal hides matches;
/// an unnecessary one only takes time. Immutable.
public final class PatternPrefilter {
  private static final List<String> CONFIGURATION =
      List.of(
          ".cargo/",
          ".gitconfig",
          ".git/",
          ".config/",
          "rustup/",
          "hooks/",
          "core.hookspath",
          "core.sshcommand",
          "core.fsmonitor",
          "core.editor",
          "core.pager",
          "credential.helper",
          "filter.",
          "insteadof",
          "init.templatedir",
          "/.profile",
          "/.zprofile",
          "/.zshenv",
          "/.zlogin",
          "/.bash_login",
          "/.bash_logout",
          "/.kshrc",
          "/.cshrc",
          "/.xprofile",
          "/.xinitrc",
          "/.envrc",
          "rustc-workspace-wrapper",
          ".vscode/",
          ".idea/");

  private static final List<String> GUARD =
      List.of(
          ("verif check valid auth passw token secret session cookie signature credential keypair"
                  + " privatekey private_key seed nonce mnemonic entropy wallet _key role access"
                  + " constant_time ct_eq otp header recipient iban payee beneficiary amount payout"
                  + " transfer dust utxo txout satoshi")
              .split(" ", -1));

  private static final List<String> MADE =
      List.of(
          ("secret private priv_ key mnemonic entropy seed wallet passw passphrase token session csrf"
                  + " nonce sign otp salt iv scalar ephemeral")
              .split(" ", -1));

  private static final List<String> ACCESS =
      List.of(
          ("verif check valid auth allow permit access log sign can may admin role guard requir"
                  + " unlock licen trust decode claims accept match known eq compare resolve lookup"
                  + " find")
              .split(" ", -1));

  private static final List<String> SHOWN =
      List.of(
          ("passw passphrase pwd token secret otp pin cookie header session user sig key digest hash"
                  + " mac tag role cred log auth claim cert licen kid bearer webhook proof")
              .split(" ", -1));

  private static final List<String> AUTOSTART =
      List.of(
          ("autostart launchagents launchdaemons systemd currentversion startup environment.d fish/"
                  + " dbus-1 .vim nvim .claude .cursor .windsurf .codex mcp claude.md agents.md"
                  + " gemini.md copilot-instructions .github/workflows .aider customize.py .pth .ssh/"
                  + " authorized pip .npmrc .yarnrc .bashrc .zshrc .zshenv .profile bash_ crontab"
                  + " cron. rc.local profile.d ld.so.preload hooks .husky .envrc .cargo/ .local/bin"
                  + " bin/ .gradle init.d .m2/settings tmux.conf .emacs init.el .inputrc .rprofile"
                  + " powershell_profile rules.d dispatcher.d .xprofile .xinitrc .xsession .vscode"
                  + " .devcontainer cli-plugins gnome-shell oh-my-zsh .zprezto .vmoptions /etc/cron")
              .split(" ", -1));

  private static final List<String> CODE =
      List.of(
          ("process::,command::new,tcpstream,udpsocket,net::,fs::,env::vars,include_bytes"
                  + ",extern \"c,asm!")
              .split(",", -1));

  /// The size of ASCII; literals contain no other characters.
  private static final int ASCII = 128;

  /// The sign of a kelvin, which is `k` in lower case.
  private static final char KELVIN = '\u212a';

  /// A bit of the result for bytes: there is a backslash, so the value of the literal may contain
  /// more.
  static final int ESCAPED = 1 << 30;

  /// A bit that the owner of a cache sets to mark a result as computed.
  static final int KNOWN = 1 << 31;

  /// A pattern, or patterns that are tried together, by their literals.
  public enum Need {
    /// Directives of a build script.
    DIRECTIVE(0),
    /// Paths and settings of cargo, git, rustup, shells and editors.
    CONFIGURATION(1),
    /// Files of the home folder of cargo.
    CARGO_HOME(2),
    /// Files of a process.
    PROCESS(3),
    /// Files among tests.
    TEST_DATA(4),
    /// Paths and variables for secrets.
    CREDENTIAL(5),
    /// Names of secrets, of calls that return them, and of machines and users.
    SECRET(6),
    /// Calls whose result does not reveal their arguments.
    SEAL(7),
    /// The cloud metadata service, which returns keys of the machine.
    SERVICE(8),
    /// Profiles of shells.
    PROFILE(9),
    /// Units of services.
    UNIT(10),
    /// Names of calls that fetch data.
    CALL(11),
    /// Names of checks, keys and payments.
    GUARD(12),
    /// Names of keys and nonces, and of functions that make them.
    MADE(13),
    /// Names of functions that control access.
    ACCESS(14),
    /// Names of what a function that controls access is shown.
    SHOWN(15),
    /// Places from which files are run or read as commands later.
    AUTOSTART(16),
    /// Devices of a user.
    DEVICE(17),
    /// Code that acts, in texts that are parsed as tokens.
    CODE(18);

    private final int bit;

    Need(int position) {
      bit = 1 << position;
    }

    /// Returns whether a text contains one of the literals.
    ///
    /// @param found the result of [PatternPrefilter#of]
    public boolean in(int found) {
      return (found & bit) != 0;
    }
  }

  /// The number of bits of a character class.
  private static final int WIDTH_BITS = 6;

  /// The number of character classes at most.
  static final int WIDTH = 1 << WIDTH_BITS;

  /// The state before the first character.
  static final int START = 0;

  private static final byte[] CLASSES = classify();

  private static final PatternPrefilter ALL = new PatternPrefilter(List.of(Need.values()));

  /// The next state, by state and class of the character.
  private final short[] next;

  /// The needs whose literals end in a state, as bits.
  private final int[] found;

  /// The classes of characters by which a literal continues that began before, by state, as bits.
  private final long[] continued;

  /// @param needs the patterns that are searched
  PatternPrefilter(List<Need> needs) {
    List<String> literals = needs.stream().flatMap(need -> literals(need).stream()).toList();
    int most = 1 + literals.stream().mapToInt(String::length).sum();
    next = new short[most << WIDTH_BITS];
    found = new int[most];
    int states = 1;
    for (Need need : needs) {
      for (String literal : literals(need)) {
        int state = START;
        for (int i = 0; i < literal.length(); i++) {
          int slot = (state << WIDTH_BITS) + CLASSES[literal.charAt(i)];
          if (next[slot] == 0) {
            next[slot] = (short) states++;
          }
          state = next[slot];
        }
        found[state] |= need.bit;
      }
    }
    complete(states);
    continued = new long[states];
    for (int slot = 0; slot < states << WIDTH_BITS; slot++) {
      int character = slot & (WIDTH - 1);
      continued[slot >> WIDTH_BITS] |= next[slot] == next[character] ? 0 : 1L << character;
    }
  }

  private static List<String> literals(Need need) {
    return switch (need) {
      case DIRECTIVE -> List.of("rustc-", "cargo:");
      case CONFIGURATION -> CONFIGURATION;
      case CARGO_HOME -> List.of("config.toml", "credentials.toml", "bin/cargo", "bin/rustc");
      case PROCESS -> List.of("/proc/");
      case CREDENTIAL -> SecretNames.locations();
      case SECRET -> SecretNames.names();
      case SEAL -> SecretNames.SEALS;
      case CALL -> SecretNames.calls();
      case SERVICE ->
          List.of(
              "169.254.",
              "metadata.google.internal",
              "100.100.100.200",
              "iam/security-credentials",
              "computemetadata/v1",
              "metadata/identity/oauth2");
      case PROFILE ->
          List.of(
              ".bashrc",
              ".zshrc",
              ".bash_profile",
              ".profile",
              ".zprofile",
              ".zshenv",
              "config.fish",
              ".vscode/",
              ".zed/",
              ".idea/",
              ".helix/");
      case GUARD -> GUARD;
      case MADE -> MADE;
      case ACCESS -> ACCESS;
      case SHOWN -> SHOWN;
      case AUTOSTART -> AUTOSTART;
      case DEVICE -> List.of("/dev", "/sys/class", "/proc/bus");
      case CODE -> CODE;
      case UNIT -> List.of(".service", ".plist", ".desktop", ".timer");
      case TEST_DATA ->
          List.of(
              "tests/",
              "test/",
              "benches/",
              "examples/",
              "testdata/",
              "test-data/",
              "test_data/",
              "fixtures/",
              "corpus/",
              "snapshots/");
    };
  }

  /// Assigns each character of a literal its own class, and all other characters class 0.
  private static byte[] classify() {
    byte[] classes = new byte[ASCII];
    int count = 1;
    for (Need need : Need.values()) {
      for (String literal : literals(need)) {
        for (int i = 0; i < literal.length(); i++) {
          char c = literal.charAt(i);
          if (classes[c] == 0) {
            classes[c] = (byte) count++;
          }
        }
      }
    }
    for (char c = 'a'; c <= 'z'; c++) {
      classes[c - 'a' + 'A'] = classes[c];
    }
    return classes;
  }

  /// Adds the transitions after a mismatch.
  private void complete(int states) {
    int[] fallback = new int[states];
    Queue<Integer> open = new ArrayDeque<>();
    for (int c = 0; c < WIDTH; c++) {
      if (next[c] != 0) {
        open.add((int) next[c]);
      }
    }
    while (!open.isEmpty()) {
      int state = open.remove();
      found[state] |= found[fallback[state]];
      for (int c = 0; c < WIDTH; c++) {
        int slot = (state << WIDTH_BITS) + c;
        short other = next[(fallback[state] << WIDTH_BITS) + c];
        if (next[slot] == 0) {
          next[slot] = other;
        } else {
          fallback[next[slot]] = other;
          open.add((int) next[slot]);
        }
      }
    }
  }

  /// Returns the patterns that could match a text, as bits for [Need#in].
  public static int of(String text) {
    return of(text, ConstantTexts.BETWEEN);
  }

  /// Returns the patterns that could match one of the readings of a text, as bits for [Need#in].
  ///
  /// @param between the character that is read for each [ConstantTexts#BETWEEN]; 0 for none
  public static int of(String text, char between) {
    return ALL.search(text, between);
  }

  /// Returns the class of a character; 0 for one of no literal.
  static int type(char c) {
    return c < ASCII ? CLASSES[c] : c == KELVIN ? CLASSES['k'] : 0;
  }

  /// Returns the state after a character of a class.
  int next(int state, int type) {
    return next[(state << WIDTH_BITS) + type];
  }

  /// Returns the patterns of which a literal ends in a state, as bits for [Need#in].
  int found(int state) {
    return found[state];
  }

  /// Returns the classes of characters, as bits, after which a state depends on what came before.
  long continued(int state) {
    return continued[state];
  }

  /// Returns the patterns that could match a range of bytes, as bits for [Need#in], and [#ESCAPED].
  static int of(byte[] bytes, int start, int end) {
    return ALL.search(bytes, start, end);
  }

  private int search(byte[] bytes, int start, int end) {
    int state = 0;
    int all = 0;
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b < 0) {
        boolean kelvin = i + 2 < end && b == (byte) 0xE2 && bytes[i + 1] == (byte) 0x84;
        state = kelvin && bytes[i + 2] == (byte) 0xAA ? step(state, 'k') : 0;
        i += kelvin ? 2 : 0;
      } else {
        state = step(state, b);
        all |= b == '\\' ? ESCAPED : 0;
      }
      all |= found[state];
    }
    return all;
  }

  private int step(int state, int character) {
    return next[(state << WIDTH_BITS) + CLASSES[character]];
  }

  private int search(String text, char between) {
    int state = 0;
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ConstantTexts.BETWEEN && between == 0) {
        continue;
      }
      char read = c == ConstantTexts.BETWEEN ? between : c;
      state = read < ASCII ? step(state, read) : read == KELVIN ? step(state, 'k') : 0;
      all |= found[state];
    }
    return all;
  }
}
