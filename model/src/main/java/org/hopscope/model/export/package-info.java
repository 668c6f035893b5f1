/** Labs as files for other programs. */
package org.hopscope.model.export;
