"""What a person sees and presses: one module and one stylesheet a screen."""
