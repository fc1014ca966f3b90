package lazaret.storage.s3;

import java.nio.file.Path;
import lazaret.storage.objects.ObjectStoreSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/// The client of the AWS SDK, set so that stores other than Amazon's accept its requests. They have
/// neither checksums that are not required nor chunks within a body, and wait for no `100
/// Continue`. [S3Attempts] alone repeats them.
final class S3Connection {
  private static final String PROFILE = "default";

  private S3Connection() {}

  static S3Client open(ObjectStoreSettings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings.credentialsFile()))
            .httpClientBuilder(http(settings))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(
                S3Configuration.builder()
                    .pathStyleAccessEnabled(settings.pathStyle())
                    .chunkedEncodingEnabled(false)
                    .expectContinueEnabled(false)
                    .build())
            .overrideConfiguration(
                ClientOverrideConfiguration.builder()
                    .retryStrategy(DefaultRetryStrategy.doNotRetry())
                    .build());
    if (settings.endpoint() != null) {
      builder.endpointOverride(settings.endpoint());
    }
    return builder.build();
  }

  private static UrlConnectionHttpClient.Builder http(ObjectStoreSettings settings) {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(settings.timeout())
        .socketTimeout(settings.timeout())
        // A proxy of the environment is for other programs: only the configuration applies.
        .proxyConfiguration(
            ProxyConfiguration.builder()
                .useSystemPropertyValues(false)
                .useEnvironmentVariablesValues(false)
                .build());
  }

  /// Returns the credentials. A file is read again after it changed.
  private static AwsCredentialsProvider credentials(@Nullable Path file) {
    return file == null
        ? DefaultCredentialsProvider.builder().build()
        : ProfileCredentialsProvider.builder()
            .profileFile(ProfileFileSupplier.reloadWhenModified(file, ProfileFile.Type.CREDENTIALS))
            .profileName(PROFILE)
            .build();
  }
}
