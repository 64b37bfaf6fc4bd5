"""What is shown: each query takes the viewer first, and gives only what that viewer may see."""
