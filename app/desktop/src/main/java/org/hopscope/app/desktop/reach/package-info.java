/** Who reaches whom, beside the other lists below the canvas. */
package org.hopscope.app.desktop.reach;
