package lazaret.vetting.inspect.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.inspect.literal.AhoCorasick;

/// The scan of scripts and sources of other languages for their acts, one pass over each. Bounded,
/// not thread-safe.
public final class ScriptScan {
  /// The number of bytes of one file that are read.
  public static final int MAX = 1 << 20;

  private static final int MAX_FOUND = 64;
  private static final int MAX_LINE = 160;
  private static final int MAX_COMMENT = 1 << 14;

  /// The acts of a file.
  public enum Act {
    /// Fetching or sending.
    FETCH,
    /// Starting programs, or running text.
    RUN,
    /// Decoding text.
    DECODE,
    /// Extracting parts of a data file.
    EXTRACT,
    /// Naming secrets.
    SECRET,
    /// Writing files that run at login or with later commands.
    STAY,
    /// Running before `main`.
    CONSTRUCT,
    /// Passing the environment, secrets or the output of a tool to a program that sends, in one
    /// command.
    SEND,
    /// Replacing a function of the page, or the caller's address with its own.
    REWRITE
  }

  private static final Map<Act, String> SCRIPT =
      Map.ofEntries(
          Map.entry(
              Act.FETCH,
              "curl ¦wget ¦urllib¦requests.get¦requests.post¦http.client¦http.get(¦https.get(¦https.request"
                  + "¦http.request¦fetch(¦net.connect¦socket.socket¦/dev/tcp/¦invoke-webrequest"
                  + "¦invoke-restmethod¦downloadstring¦downloadfile¦net::http¦lwp::¦io::socket¦file(download"
                  + "¦xmlhttprequest¦require('https')¦require(\"https\")¦require('node:http¦require(\"node:http¦from 'node:http¦from \"node:http¦bitsadmin¦certutil -urlcache¦open-uri¦nc ¦ncat ¦axios¦nslookup ¦dig ¦openssl s_client¦telnet ¦/inet/tcp¦rsync ¦scp "),
          Map.entry(
              Act.RUN,
              "| sh¦|sh¦| bash¦|bash¦| /bin/sh¦|/bin/sh¦| /bin/bash¦eval \"$(¦eval `¦eval $(¦os.system¦subprocess¦child_process"
                  + "¦invoke-expression¦iex ¦chmod +x¦chmod 755¦chmod 0755¦exec(¦popen¦sh -c¦bash -c¦<(curl"
                  + "¦execfile¦__import__¦new function(¦eval(¦instance_eval¦eval $c¦eval $code¦execute_process¦$(shell ¦os.exec¦spawn(¦process.execpath¦.so\"¦dlopen"),
          Map.entry(
              Act.DECODE,
              "base64 -d¦base64 --decode¦b64decode¦xxd -r¦openssl enc¦fromcharcode¦unhexlify¦marshal.loads"
                  + "¦atob(¦'base64')¦\"base64\")¦zlib.decompress¦codecs.decode¦mime::base64¦pack(\"h*¦pack('h*¦pack 'h*¦pack \"h*¦eval(open(¦exec(open(¦eval file.read¦instance_eval(file.read¦eval(fs.read"
                  + "¦uudecode¦frombase64string¦bytes.fromhex¦rot13¦chr(ord("),
          Map.entry(
              Act.EXTRACT,
              "tail -c¦head -c¦dd if=¦xz -d¦unxz¦gunzip -c¦bzip2 -d¦unzip -p¦tail -n +¦| xz¦cut -b¦lzma -d"),
          Map.entry(
              Act.SECRET,
              ".ssh/¦id_rsa¦id_ed25519¦.aws/¦.netrc¦.npmrc¦.pypirc¦.git-credentials¦.cargo/credentials"
                  + "¦_token¦secret¦os.environ¦process.env¦printenv¦/proc/self/environ¦wallet.dat¦_history"
                  + "¦private_key¦.gnupg¦login data¦keychain¦env |"),
          Map.entry(
              Act.STAY,
              ".bashrc¦.zshrc¦.profile\"¦.profile'¦crontab¦authorized_keys¦systemctl enable¦launchagents"
                  + "¦.git/hooks¦.cargo/config¦/etc/cron¦ld.so.preload¦currentversion\\run¦core.hookspath"));

  private static final Map<Act, String> NATIVE =
      Map.ofEntries(
          Map.entry(
              Act.RUN,
              "system(¦popen(¦'s','y','s','t'¦'s', 'y', 's', 't'¦\"system\")¦\"execve\")¦execve(¦execl(¦execlp(¦execvp(¦execv(¦posix_spawn¦createprocess¦winexec("
                  + "¦shellexecute¦nstask¦rtld_next¦= system;¦=system;¦)system;¦, system)¦= popen;¦sys_execve¦sys_memfd_create¦__nr_execve¦ptrace(¦prot_exec¦memfd_create¦sys_connect¦__nr_connect¦ld_preload"),
          Map.entry(
              Act.FETCH,
              "connect(¦getaddrinfo(¦gethostbyname(¦internetopen¦winhttpopen¦urldownloadtofile"
                  + "¦curl_easy_perform¦sendto(¦nsurlsession¦__nr_connect"),
          Map.entry(
              Act.SECRET,
              ".ssh/¦id_rsa¦/etc/passwd¦/etc/shadow¦_token\"¦getenv(\"home\")¦char **environ¦.aws/¦wallet"
                  + "¦/proc/self/environ¦_secret¦id_ed25519¦.bash_history¦private_key"),
          Map.entry(
              Act.CONSTRUCT,
              "__attribute__((constructor¦__attribute__ ((constructor¦__attribute__((__constructor__"
                  + "¦.init_array¦.ctors¦gnu::constructor¦mod_init_func¦.crt$xcu¦ifunc("));

  private static final Table SCRIPTS = Table.of(SCRIPT);
  private static final Table NATIVES = Table.of(NATIVE);

  private final List<Found> found = new ArrayList<>();
  private final InstallSteps steps = new InstallSteps();
  private int natives;

  /// The acts of one file.
  ///
  /// @param line the line of the most significant act
  /// @param says the text of that line
  public record Found(String path, ScriptKind kind, Set<Act> acts, int line, String says) {
    /// Returns whether the acts together are those of an attack.
    public boolean strong() {
      boolean moves = acts.contains(Act.FETCH) || acts.contains(Act.RUN);
      if (acts.contains(Act.REWRITE)) {
        return true;
      }
      if (kind == ScriptKind.NATIVE) {
        return (acts.contains(Act.CONSTRUCT) || acts.contains(Act.SECRET)) && moves;
      }
      boolean brings =
          acts.contains(Act.FETCH) || acts.contains(Act.DECODE) || acts.contains(Act.EXTRACT);
      return (acts.contains(Act.RUN) && brings)
          || (acts.contains(Act.SECRET) && acts.contains(Act.FETCH))
          || acts.contains(Act.STAY);
    }

    /// Returns whether one command passes secrets to a program that sends.
    public boolean sends() {
      return acts.contains(Act.SEND);
    }

    /// Returns whether a compiler can read the file.
    public boolean compiled() {
      return kind == ScriptKind.NATIVE;
    }

    /// Returns whether the acts exceed those by which authors set up their machines.
    public boolean hides() {
      boolean sends = acts.contains(Act.SECRET) && acts.contains(Act.FETCH);
      boolean stays = acts.contains(Act.STAY) && acts.contains(Act.FETCH);
      return strong() && (sends || stays || acts.contains(Act.DECODE));
    }

    /// Returns whether one of the acts alone needs a review.
    public boolean telling() {
      return kind == ScriptKind.NATIVE
          ? acts.contains(Act.CONSTRUCT) || acts.contains(Act.RUN)
          : acts.contains(Act.FETCH) || acts.contains(Act.EXTRACT) || acts.contains(Act.DECODE);
    }
  }

  private record Table(AhoCorasick needles, List<Act> acts) {
    static Table of(Map<Act, String> groups) {
      List<String> texts = new ArrayList<>();
      List<Act> acts = new ArrayList<>();
      new EnumMap<>(groups)
          .forEach(
              (act, group) -> {
                for (String text : group.split("¦", -1)) {
                  texts.add(text);
                  acts.add(act);
                }
              });
      return new Table(new AhoCorasick(texts), acts);
    }
  }

  /// Returns the findings, file by file.
  public List<Found> found() {
    return found;
  }

  /// Returns the number of sources of C and similar languages.
  public int natives() {
    return natives;
  }

  /// Scans the commands that a package of another language runs when it is installed.
  ///
  /// @param bytes an array that begins with the file that names them, borrowed during the call
  void steps(String path, byte[] bytes, int length) {
    byte[] commands = steps.take(path, bytes, length).getBytes(StandardCharsets.UTF_8);
    file(path, ScriptKind.SCRIPT, commands, commands.length);
  }

  /// Returns whether a file runs when a package of the crate is installed.
  public boolean installs(String path) {
    return steps.run(path);
  }

  /// Scans a file.
  ///
  /// @param bytes an array that begins with the file, borrowed during the call
  public void file(String path, ScriptKind kind, byte[] bytes, int length) {
    natives += kind == ScriptKind.NATIVE ? 1 : 0;
    if (found.size() >= MAX_FOUND) {
      return;
    }
    Table table = kind == ScriptKind.NATIVE ? NATIVES : SCRIPTS;
    Set<Act> acts = EnumSet.noneOf(Act.class);
    int[] place = {-1};
    var _ =
        table.needles.search(
            bytes,
            0,
            length,
            AhoCorasick.START,
            (needle, start, end) -> {
              Act act = table.acts.get(needle);
              boolean own = act == Act.FETCH && SameOriginRequests.relative(bytes, start, length);
              if (!acts.contains(act) && !own && counts(kind, bytes, start, length)) {
                acts.add(act);
                place[0] = place[0] < 0 || act != Act.SECRET ? start : place[0];
              }
            });
    if (acts.contains(Act.FETCH) && SameOriginRequests.only(path, bytes, length)) {
      acts.remove(Act.FETCH);
    }
    if (acts.equals(EnumSet.of(Act.CONSTRUCT)) && dispatches(bytes, length)) {
      acts.clear();
    }
    int sent = kind == ScriptKind.NATIVE ? -1 : sent(bytes, length, acts);
    if (sent >= 0) {
      acts.add(Act.SEND);
      place[0] = sent;
    }
    int rewritten = CallRewrites.find(path, bytes, length);
    if (rewritten >= 0) {
      acts.add(Act.REWRITE);
      place[0] = rewritten;
    }
    if (!acts.isEmpty()) {
      found.add(new Found(path, kind, acts, line(bytes, place[0]), says(bytes, place[0], length)));
    }
  }

  /// Returns whether the code only selects functions by the features of the processor.
  private static boolean dispatches(byte[] bytes, int length) {
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    boolean asks =
        text.contains("__builtin_cpu_") || text.contains("getauxval") || text.contains("cpuid");
    return asks && text.contains("ifunc(") && !text.contains("constructor");
  }

  /// Scans a script among tests. Only a command that passes secrets to a program that sends counts
  /// there.
  ///
  /// @param bytes an array that begins with the script, borrowed during the call
  public void amongTests(String path, byte[] bytes, int length) {
    int sent = found.size() < MAX_FOUND ? sent(bytes, length, Set.of()) : -1;
    if (sent >= 0) {
      Set<Act> acts = EnumSet.of(Act.SEND);
      found.add(
          new Found(path, ScriptKind.SCRIPT, acts, line(bytes, sent), says(bytes, sent, length)));
    }
  }

  private static int sent(byte[] bytes, int length, Set<Act> acts) {
    return ScriptExfiltration.find(bytes, length, acts.contains(Act.FETCH));
  }

  /// Returns whether a match is a whole word outside of comments.
  private static boolean counts(ScriptKind kind, byte[] bytes, int start, int length) {
    if (start > 0
        && wordByte(bytes[start])
        && (wordByte(bytes[start - 1]) || bytes[start - 1] == '.')) {
      return false;
    }
    int from = start;
    while (from > 0 && bytes[from - 1] != '\n') {
      from--;
    }
    int at = from;
    while (at < length && (bytes[at] == ' ' || bytes[at] == '\t')) {
      at++;
    }
    String head = new String(bytes, at, Math.min(4, length - at), StandardCharsets.ISO_8859_1);
    boolean comment =
        kind == ScriptKind.NATIVE
            ? head.startsWith("//") || commented(bytes, start)
            : head.startsWith("#")
                || head.startsWith("//")
                || head.startsWith("dnl ")
                || head.toLowerCase(Locale.ROOT).startsWith("rem ");
    return !comment;
  }

  /// Returns whether a position is in a comment of C.
  private static boolean commented(byte[] bytes, int start) {
    for (int i = start; i > Math.max(0, start - MAX_COMMENT); i--) {
      if (bytes[i - 1] == '*' && bytes[i] == '/') {
        return false;
      }
      if (bytes[i - 1] == '/' && bytes[i] == '*') {
        return true;
      }
    }
    return false;
  }

  private static boolean wordByte(byte b) {
    return b == '_' || (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  private static int line(byte[] bytes, int at) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private static String says(byte[] bytes, int at, int length) {
    int from = at;
    while (from > 0 && bytes[from - 1] != '\n' && at - from < MAX_LINE / 2) {
      from--;
    }
    int to = at;
    while (to < length && bytes[to] != '\n' && to - from < MAX_LINE) {
      to++;
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8).strip();
  }
}
