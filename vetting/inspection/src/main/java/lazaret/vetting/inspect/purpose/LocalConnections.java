package lazaret.vetting.inspect.purpose;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Connections that stay on the machine.
public final class LocalConnections {
  private static final Pattern LOCAL =
      Pattern.compile(
          "Unix(?:Stream|Listener|Datagram|Socket)|LOCALHOST|127\\.0\\.0\\.1|\\blocalhost\\b|\\[::1\\]|AF_UNIX"
              + "|from_std_unix|unix::net|named_pipe|NamedPipe");
  private static final Pattern FAR =
      Pattern.compile(
          "reqwest|ureq|hyper::|Client|curl|attohttpc|isahc|minreq|surf|awc|to_socket_addrs|lookup");

  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\b([0-9]{1,3})(?:\\.|, ?)[0-9]{1,3}(?:\\.|, ?)[0-9]{1,3}(?:\\.|, ?)[0-9]{1,3}\\b");

  private LocalConnections() {}

  /// Returns whether all addresses of a line are those of the machine itself.
  public static boolean loopback(String line) {
    Matcher address = ADDRESS.matcher(line);
    boolean any = line.contains("::1");
    while (address.find()) {
      if (!address.group(1).equals("127") && !address.group().replace(" ", "").matches("0.0.0.0")) {
        return false;
      }
      any = true;
    }
    return any;
  }

  /// Returns whether the network access in a line stays on the machine.
  public static boolean only(String line) {
    return LOCAL.matcher(line).find() && !FAR.matcher(line).find();
  }
}
