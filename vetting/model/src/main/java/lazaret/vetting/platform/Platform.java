package lazaret.vetting.platform;

import java.util.Map;
import java.util.regex.Pattern;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;

/// A target platform, derived from its triple as rustc names it, such as
/// `x86_64-unknown-linux-gnu`.
///
/// @param triple the triple
/// @param arch the value of `target_arch`
/// @param os the value of `target_os`
/// @param env the value of `target_env`; empty for none
/// @param vendor the value of `target_vendor`
/// @param family the value of `target_family`; empty for none
public record Platform(
    String triple, String arch, String os, String env, String vendor, String family) {
  private static final Pattern TRIPLE = Pattern.compile("[a-z0-9_.]+(-[a-zA-Z0-9_.]+){1,3}");

  private static final Map<String, String> OS =
      Map.of("darwin", "macos", "wasip1", "wasi", "wasip2", "wasi");

  /// Parses a triple.
  ///
  /// @throws MalformedException if the text does not have the form of a triple
  public static Platform of(String triple) {
    if (triple.length() > 64 || !TRIPLE.matcher(triple).matches()) {
      throw new MalformedException(
          "cannot read the target '%s': expected a triple like x86_64-unknown-linux-gnu"
              .formatted(Excerpt.of(triple)));
    }
    String[] parts = triple.split("-", -1);
    // Two parts are architecture and system: wasm32-wasip1.
    String vendor = parts.length > 2 ? parts[1] : "unknown";
    String system = parts.length > 2 ? parts[2] : parts[1];
    String abi = parts.length > 3 ? parts[3] : "";
    // No vendor: aarch64-linux-android, thumbv7em-none-eabihf.
    if (parts.length == 3 && (vendor.equals("linux") || vendor.equals("none"))) {
      abi = system;
      system = vendor;
      vendor = "unknown";
    }
    String os = abi.startsWith("android") ? "android" : OS.getOrDefault(system, system);
    return new Platform(triple, arch(parts[0]), os, env(abi), vendor, family(parts[0], os));
  }

  private static String arch(String part) {
    if (part.matches("i[3-6]86")) {
      return "x86";
    }
    if (part.startsWith("arm64") || part.startsWith("aarch64")) {
      return "aarch64";
    }
    if (part.startsWith("arm") || part.startsWith("thumb")) {
      return "arm";
    }
    if (part.startsWith("riscv64")) {
      return "riscv64";
    }
    if (part.startsWith("riscv32")) {
      return "riscv32";
    }
    if (part.startsWith("powerpc64")) {
      return "powerpc64";
    }
    return part.equals("x86_64h") ? "x86_64" : part;
  }

  private static String env(String abi) {
    for (String env : new String[] {"gnu", "musl", "msvc", "ohos", "uclibc", "newlib", "sgx"}) {
      if (abi.startsWith(env)) {
        return env;
      }
    }
    return "";
  }

  private static String family(String arch, String os) {
    return switch (os) {
      case "windows" -> "windows";
      case "none", "unknown", "uefi", "cuda", "hermit", "wasi" ->
          arch.startsWith("wasm") ? "wasm" : "";
      default -> "unix";
    };
  }
}
