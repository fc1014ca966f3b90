package lazaret.sandbox.bubblewrap;

import java.util.List;

/// The remedies for known failures of the setup of a sandbox.
final class SetupAdvice {
  private record Known(String sign, String advice) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "No permissions to create a new namespace",
              "user namespaces are off: as root, sysctl -w user.max_user_namespaces=10000, and"
                  + " kernel.unprivileged_userns_clone=1 if that setting exists"),
          new Known(
              "Creating new namespace failed",
              "user namespaces are off, or their limit is reached: as root, sysctl -w"
                  + " user.max_user_namespaces=10000; in a container, allow user namespaces"),
          new Known(
              "setting up uid map: Permission denied",
              "AppArmor keeps user namespaces from programs without a profile: give bwrap one"
                  + " (apparmor_parser /etc/apparmor.d/bwrap-userns-restrict), or as root, sysctl -w"
                  + " kernel.apparmor_restrict_unprivileged_userns=0"),
          new Known(
              "Failed RTM_NEWADDR",
              "AppArmor keeps user namespaces from programs without a profile: give bwrap one"
                  + " (apparmor_parser /etc/apparmor.d/bwrap-userns-restrict), or as root, sysctl -w"
                  + " kernel.apparmor_restrict_unprivileged_userns=0"),
          new Known(
              "mounting new proc",
              "this container masks parts of /proc, so a new one cannot be mounted: start it"
                  + " with the whole of /proc (docker: --security-opt systempaths=unconfined)"),
          new Known(
              "unshare: EPERM",
              "root of this container cannot mount: run it as another user, or give the"
                  + " container CAP_SYS_ADMIN"),
          new Known("setpriv", "install util-linux 2.31 or newer"),
          new Known(
              "prlimit",
              "raise the hard limits of this shell (ulimit -H), or lower those of the sandbox"));

  private SetupAdvice() {}

  /// Returns the message for a failed setup.
  ///
  /// @param said the output of the failed program
  static String of(String said) {
    String cure =
        KNOWN.stream()
            .filter(known -> said.contains(known.sign()))
            .map(Known::advice)
            .findFirst()
            .orElse("run 'vetting-cli sandbox doctor' to check each part");
    String last = said.isEmpty() ? "nothing" : said.replaceAll("[^\\x20-\\x7e]+", " ");
    return "cannot set up the sandbox; its output: " + last + "; " + cure;
  }
}
