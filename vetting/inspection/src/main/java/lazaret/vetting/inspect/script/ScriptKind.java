package lazaret.vetting.inspect.script;

import java.util.Locale;
import java.util.Set;

/// The languages of files that a build or a program may run or compile, by their names.
public enum ScriptKind {
  /// Shell, Python, Perl, JavaScript and the like, makefiles and their generators.
  SCRIPT,
  /// C, C++, Objective-C and assembler.
  NATIVE,
  /// All other files.
  NONE;

  private static final Set<String> SCRIPTS =
      Set.of(
          ("sh bash zsh ksh fish py pyw pl pm rb js cjs mjs ts lua ps1 psm1 bat cmd vbs php tcl awk"
                  + " mk mak cmake ac am m4 gyp gypi ninja sed exp applescript scpt groovy gradle")
              .split(" ", -1));
  private static final Set<String> NATIVES =
      Set.of("c h cc cpp cxx hpp hh hxx m mm s asm inc inl cu".split(" ", -1));
  private static final Set<String> NAMES =
      Set.of(
          ("makefile gnumakefile configure config.guess config.sub install-sh missing depcomp"
                  + " autogen.sh bootstrap buildconf cmakelists.txt configure.in makefile.in"
                  + " makefile.am meson.build wscript sconstruct rakefile justfile build.ninja ltmain.sh")
              .split(" ", -1));

  /// Returns the language of a file by its name.
  ///
  /// @param path the path below the crate's folder
  public static ScriptKind of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (NAMES.contains(name) || (!ending.equals(name) && SCRIPTS.contains(ending))) {
      return SCRIPT;
    }
    return !ending.equals(name) && NATIVES.contains(ending) ? NATIVE : NONE;
  }

  /// Returns the language of a file by its name. If the name has no ending, a first line that names
  /// an interpreter decides.
  ///
  /// @param path the path below the crate's folder
  /// @param bytes an array that begins with the file
  public static ScriptKind of(String path, byte[] bytes, int length) {
    ScriptKind kind = of(path);
    boolean interpreted = length > 2 && bytes[0] == '#' && bytes[1] == '!' && bytes[2] != '[';
    boolean plain = path.lastIndexOf('.') <= path.lastIndexOf('/') + 1;
    return kind == NONE && interpreted && plain ? SCRIPT : kind;
  }
}
