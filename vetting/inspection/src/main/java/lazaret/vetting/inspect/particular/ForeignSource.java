package lazaret.vetting.inspect.particular;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.rust.WordTable;

/// Sources in other languages: scripts that a build may run and C that it may compile.
public final class ForeignSource {
  /// The number of bytes of a source that are read.
  public static final int MAX = 1 << 20;

  private static final int DIGEST = 16;
  private static final int MAX_WORDS = 64;

  private static final Set<String> SUFFIXES =
      Set.of(
          ("sh bash zsh fish py pl rb lua js mjs cjs ts ps1 psm1 bat cmd vbs c h cc cpp cxx hh hpp"
                  + " hxx m mm s asm inc ld mk cmake awk php go zig cu metal wat swift kt java ac am"
                  + " in")
              .split(" "));
  private static final Set<String> NAMES =
      Set.of(
          "makefile",
          "gnumakefile",
          "configure",
          "cmakelists.txt",
          "justfile",
          "wscript",
          "meson.build");

  /// Words of C and of scripts for programs, network, variables or memory.
  private static final WordTable REACH =
      WordTable.of(
          List.of(
              ("system popen execl execle execlp execv execve execvp posix_spawn posix_spawnp fork"
                      + " socket connect getaddrinfo gethostbyname sendto dlopen dlsym LoadLibraryA"
                      + " LoadLibraryW GetProcAddress getenv environ mprotect mmap VirtualAlloc"
                      + " VirtualProtect CreateProcessA CreateProcessW WinExec ShellExecuteA"
                      + " ShellExecuteW InternetOpenA InternetOpenW WinHttpOpen URLDownloadToFileA"
                      + " URLDownloadToFileW ptrace memfd_create constructor curl wget nc ncat eval"
                      + " base64 openssl subprocess urllib urlopen requests httplib child_process"
                      + " fetch XMLHttpRequest WebRequest Expression iwr iex DownloadString"
                      + " DownloadFile chmod sudo crontab python python3 perl bash powershell")
                  .split(" ")));

  /// Folder names that are significant between the separators of a path.
  private static final Set<String> FOLDERS = Set.of("proc", "tcp", "ssh", "aws", "cargo");

  private ForeignSource() {}

  /// Returns whether a path has the name of a source in another language.
  public static boolean is(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return NAMES.contains(name) || (dot > 0 && SUFFIXES.contains(name.substring(dot + 1)));
  }

  /// Returns the particulars of a source: its content, and each word for what it reaches.
  ///
  /// @param bytes an array that begins with the source
  /// @param length the length of the source in bytes
  public static List<Particular> particulars(String path, byte[] bytes, int length) {
    Map<String, Particular> found = new LinkedHashMap<>();
    String digest = Sha256.of(bytes, 0, length).hex().substring(0, DIGEST);
    found.put("", new Particular(ParticularKind.PROGRAM, digest + " " + path, path, 0));
    int line = 1;
    int at = 0;
    boolean full = false;
    while (at < length && !full) {
      int start = at;
      int hash = 0;
      while (at < length && word(bytes[at])) {
        hash = WordTable.HASH_FACTOR * hash + bytes[at];
        at++;
      }
      if (at > start && reaches(bytes, start, at, hash)) {
        String name = new String(bytes, start, at - start, StandardCharsets.US_ASCII);
        String what = name + " in " + path;
        found.putIfAbsent(name, new Particular(ParticularKind.REACH, what, path, line));
        full = found.size() >= MAX_WORDS;
      } else if (at == start) {
        line += bytes[at] == '\n' ? 1 : 0;
        at++;
      }
    }
    return List.copyOf(found.values());
  }

  private static boolean reaches(byte[] bytes, int start, int end, int hash) {
    boolean path = start > 0 && (bytes[start - 1] == '/' || bytes[start - 1] == '.');
    boolean folder = path && end < bytes.length && bytes[end] == '/' && end - start <= 5;
    return REACH.number(bytes, start, end, hash) != WordTable.UNKNOWN
        || (folder
            && FOLDERS.contains(new String(bytes, start, end - start, StandardCharsets.US_ASCII)));
  }

  private static boolean word(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
  }
}
