@NullMarked
package lazaret.vetting.hosting.api;

import org.jspecify.annotations.NullMarked;
