package lazaret.storage.objects;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The place of an object store, with the limits of its use.
///
/// @param endpoint scheme, host and port; null for the public endpoint of the region
/// @param region the region that signatures name; stores with one region accept `us-east-1`
/// @param bucket the bucket, which exists
/// @param prefix the beginning of all keys, empty or with a slash at its end
/// @param pathStyle whether the bucket is the first segment of the path, and not part of the host
/// @param credentialsFile a file in the form of `~/.aws/credentials`, of which the profile
///   `default` is used; null for the credentials of the environment
/// @param timeout the limit of a connection, of a wait for bytes, and of a request without a body
public record ObjectStoreSettings(
    @Nullable URI endpoint,
    String region,
    String bucket,
    String prefix,
    boolean pathStyle,
    @Nullable Path credentialsFile,
    Duration timeout) {
  /// Checks the prefix.
  ///
  /// @throws IllegalArgumentException if a prefix has no slash at its end
  public ObjectStoreSettings {
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix ends with a slash: " + prefix);
    }
  }

  /// Returns the place for messages: endpoint, bucket and prefix.
  public String place() {
    return (endpoint == null ? "s3://" : endpoint + "/") + bucket + '/' + prefix;
  }
}
