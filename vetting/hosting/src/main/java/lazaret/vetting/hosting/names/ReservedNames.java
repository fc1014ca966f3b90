package lazaret.vetting.hosting.names;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import lazaret.vetting.crates.CrateName;

/// The names that no registry permits: crates of Rust itself, and devices of Windows, as whose
/// files no folder can have a crate. They are those that crates.io reserves.
final class ReservedNames {
  private static final Set<String> OF_RUST =
      """
      alloc arena ast builtins collections compiler_builtins compiler_rt compiletest core coretest
      debug driver flate fmt_macros grammar graphviz macro macros proc_macro rbml rust_installer
      rustbook rustc rustc_back rustc_borrowck rustc_driver rustc_llvm rustc_resolve rustc_trans
      rustc_typeck rustdoc rustllvm rustuv self serialize std syntax test unicode
      """
          .lines()
          .flatMap(line -> Arrays.stream(line.strip().split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  private static final Pattern OF_DEVICES = Pattern.compile("nul|con|prn|aux|(com|lpt)[0-9]");

  private ReservedNames() {}

  /// Returns whether no crate can have a name.
  static boolean contain(CrateName name) {
    String key = name.collisionKey();
    return OF_RUST.contains(key) || OF_DEVICES.matcher(key).matches();
  }
}
