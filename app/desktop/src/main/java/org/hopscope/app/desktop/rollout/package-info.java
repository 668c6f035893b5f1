/** The stages of what a control plane or a container engine did, beside the other lists below the canvas. */
package org.hopscope.app.desktop.rollout;
