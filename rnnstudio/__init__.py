"""RNN Studio: a desktop visualizer for teaching recurrent neural networks."""
