/// Traces by the OpenTelemetry SDK.
@NullMarked
package lazaret.tracing;

import org.jspecify.annotations.NullMarked;
