@NullMarked
package lazaret.vetting.hosting.manifest;

import org.jspecify.annotations.NullMarked;
