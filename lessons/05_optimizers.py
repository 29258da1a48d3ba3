# ---
# tutorch:
#   title:
#     en: Gradient descent in depth and optimizers
#     ko: 경사하강법 깊이 보기와 옵티마이저
#   summary:
#     en: Race six optimizers down a ravine, write their rules by hand, and keep gradients alive.
#     ko: 옵티마이저 여섯의 경주를 보고, 갱신 규칙을 손으로 쓰고, 기울기를 살려 냅니다.
#   minutes: 45
# jupyter:
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown] lang="en"
# ## Three landscapes
#
# With two weights, the cost is a landscape over a map. We need
# no network to study it; three formulas will do:
#
# $$bowl = \frac{1}{2}(x^2 + y^2)$$
# $$ravine = \frac{1}{2}(x^2 + 20 y^2)$$
# $$saddle = \frac{1}{2}(x^2 + y^4) - y^2$$
#
# In the maps, the edges of the bands are **contours**: lines of
# equal cost. The gradient always crosses them at a right angle
# (here it does not look so: side by side the maps are stretched
# upwards). The saddle is level at $(0, 0)$, yet its two lowest
# places are at $y = 1$ and $y = -1$.
#
# At $(-4, 1.5)$ the ravine's gradient is $(-4, 30)$. Where does
# a step of gradient descent go from there?
#
# - [ ] Along the ravine, to its lowest place
#   That place is to the right; the step goes almost straight down.
# - [x] Almost straight across the ravine
#   y changes 7.5 times as much as x: the steep way, not the far one.
# - [ ] Up the wall
#   The rule subtracts the gradient, so it goes down.

# %% [markdown] lang="ko"
# ## 지형 세 가지
#
# 가중치가 둘이면 cost를 지도 위의 지형으로 볼 수 있습니다.
# 신경망 없이 식 세 개면 충분합니다.
#
# $$bowl = \frac{1}{2}(x^2 + y^2)$$
# $$ravine = \frac{1}{2}(x^2 + 20 y^2)$$
# $$saddle = \frac{1}{2}(x^2 + y^4) - y^2$$
#
# 차례대로 그릇, 협곡, 안장입니다. 지도에서 띠의 경계는
# **등고선**, 곧 cost가 같은 곳을 이은 선입니다. 기울기는 늘
# 등고선과 직각입니다. 여기서는 셋을 나란히 놓느라 위아래로 늘려서
# 직각으로 보이지 않습니다. 안장은 $(0, 0)$에서 평평하지만, 가장 낮은
# 곳은 $y = 1$과 $y = -1$에 있습니다.
#
# 협곡의 $(-4, 1.5)$에서 기울기는 $(-4, 30)$입니다. 여기서
# 경사하강법은 어느 쪽으로 움직일까요?
#
# - [ ] 협곡을 따라 가장 낮은 곳으로
#   가장 낮은 곳은 오른쪽인데, 걸음은 거의 곧장 아래로 갑니다.
# - [x] 협곡을 거의 가로질러
#   y가 x보다 7.5배 많이 변합니다. 멀리 가는 쪽이 아니라 가파른 쪽입니다.
# - [ ] 벽 위로
#   기울기를 빼므로 내려갑니다.

# %% Three landscapes show="start gradient"
import torch
import torch.nn as nn
import torch.nn.functional as F


def bowl(x, y):
    return (x**2 + y**2) / 2


def ravine(x, y):
    return (x**2 + 20 * y**2) / 2


def saddle(x, y):
    return (x**2 + y**4) / 2 - y**2


landscapes = {"bowl": bowl, "ravine": ravine, "saddle": saddle}
start = torch.tensor([-4.0, 1.5], requires_grad=True)
for place, landscape in landscapes.items():
    [gradient] = torch.autograd.grad(landscape(*start), start)
    print(f"{place}: gradient at (-4, 1.5) is {gradient.tolist()}")

# %% The maps view="every epoch"
from itertools import groupby

import plotext as plt


def tallest():
    """How far up a map of its own goes, so that a length is as long up as across."""
    width, height = plt.terminal_size()
    return max(2.0, 9 * height / width)


def draw_map(place, runners=(), maps=1):
    """The landscape, and over it each runner: the letter, its color, and the path behind it."""
    width, height = plt.terminal_size()
    columns, lines = width // maps - 4, height - 4
    edge = torch.tensor([4.5, tallest() if maps == 1 else 2])
    across, up = (torch.linspace(-end, end, size) for end, size in zip(edge, (columns, lines)))
    cells = cells_of_ground(landscapes[place], edge, columns, lines)
    ends = {}
    for letter, color, path in runners:
        x, y = dots_on_the_way(path, edge, columns, lines)
        codes = braille(x, y, columns, lines)
        for line, column in codes.nonzero().tolist():
            ground = cells[line][column][2]
            cells[line][column] = chr(0x2800 + codes[line, column]), color, ground
        # no letter hides another: the later one stands beside it
        line, column = y[-1].item() // 4, x[-1].item() // 2
        nearest = sorted(range(columns - 1, -1, -1), key=lambda at: abs(at - column))
        column = next(at for at in nearest if (line, at) not in ends)
        ends[line, column] = letter, color, (0, 0, 0)
    for (line, column), cell in ends.items():
        cells[line][column] = cell

    plt.theme("clear")
    plt.plot_size(columns + 4, height)
    for line, row in enumerate(cells):
        at = 0
        for (color, ground), run in groupby(row, key=lambda cell: cell[1:]):
            text = "".join(character for character, _, _ in run)
            shades = {"color": color, "background": ground, "alignment": "left"}
            plt.text(text, across[at].item(), up[line].item(), **shades)
            at += len(text)
    plt.xlim(across[0].item(), across[-1].item())
    plt.ylim(up[0].item(), up[-1].item())
    plt.xticks([-4, 0, 4])
    plt.yticks([-1, 0, 1])
    plt.title(place)


def cells_of_ground(landscape, edge, columns, lines):
    """The map, two points in each cell: the higher, the brighter; a band has twice the cost."""
    sizes = zip(edge, (columns, 2 * lines))
    x, y = torch.meshgrid(*(torch.linspace(-end, end, size) for end, size in sizes), indexing="xy")
    cost = landscape(x, y)
    bands = torch.log2(cost - cost.min() + 0.25).floor().int() + 2
    blues = [(0, min(12 * band, 110), min(20 + 21 * band, 215)) for band in range(40)]
    return [
        [("▀", blues[upper], blues[lower]) for lower, upper in zip(under, over)]
        for under, over in bands.clamp(0, 39).view(lines, 2, columns).tolist()
    ]


def dots_on_the_way(path, edge, columns, lines):
    """How far right and how far up each dot of the path is; a cell has 2 by 4."""
    stops = torch.tensor([*path, path[-1]]).nan_to_num().clamp(-0.96 * edge, 0.96 * edge)
    between = torch.linspace(0, 1, 200)[:, None, None]
    points = stops[:-1].lerp(stops[1:], between).flatten(0, 1)
    last = torch.tensor([2 * columns - 1, 4 * lines - 1])
    return ((points / edge + 1) / 2 * last).round().long().T


def braille(x, y, columns, lines):
    """For each cell the number of its character of braille, whose bits are its dots."""
    dots = torch.zeros(4 * lines, 2 * columns, dtype=torch.long)
    dots[y, x] = 1
    # lines begin below
    bits = torch.tensor([[64, 128], [4, 32], [2, 16], [1, 8]])
    return (dots.view(lines, 4, columns, 2) * bits[:, None]).sum((1, 3))


plt.clear_figure()
plt.subplots(1, 3)
for column, place in enumerate(landscapes, 1):
    plt.subplot(1, column)
    draw_map(place, maps=3)
plt.show()

# %% [markdown] lang="en"
# ## SGD in the ravine
#
# Plain gradient descent in the ravine, which PyTorch calls SGD:
#
# $$w_{n+1} = w_n - \gamma g_n$$
#
# $g$ is the gradient, here $(x, 20y)$. So each step multiplies the
# steep $y$ by $1 - 20\gamma$, and $x$ by $1 - \gamma$ only. Both
# have the same $\gamma$: which of them decides how large it may be?
#
# Press `-` a few times before you run it, and watch the path.
# Afterwards race `lr: 0.02 0.09 0.1 0.11` with `V`: above which
# rate does $y$ grow instead of shrinking?
#
# $y$ begins at 1.5, and $\gamma$ is 0.09. What is $y$ after the
# first step?
#
# - [?] `path[1][1]` ± 0.05
#   1.5 times 1 - 1.8: it lands on the other wall, at -1.2.

# %% [markdown] lang="ko"
# ## 협곡의 SGD
#
# 협곡에서 가장 단순한 경사하강법을 써 봅시다. PyTorch에서는
# SGD라고 합니다.
#
# $$w_{n+1} = w_n - \gamma g_n$$
#
# $g$는 기울기이고 여기서는 $(x, 20y)$입니다. 그래서 한 걸음마다
# 가파른 $y$에는 $1 - 20\gamma$가, $x$에는 $1 - \gamma$만
# 곱해집니다. 둘이 같은 $\gamma$를 쓰는데, $\gamma$를 얼마까지
# 키울 수 있는지는 어느 쪽이 정할까요?
#
# `-`를 몇 번 누르고 실행해서 경로를 지켜보세요. 그다음 `V`로
# `lr: 0.02 0.09 0.1 0.11`을 경주시켜 보세요. 학습률이 얼마를
# 넘으면 $y$가 줄지 않고 커지나요?
#
# $y$는 1.5에서 출발하고 $\gamma$는 0.09입니다. 첫걸음 뒤에 $y$는
# 얼마일까요?
#
# - [?] `path[1][1]` ± 0.05
#   1.5에 1 - 1.8을 곱합니다. 반대쪽 벽인 -1.2로 건너갑니다.

# %% SGD in the ravine watch="cost" show="w"
w = torch.tensor([-4.0, 1.5], requires_grad=True)
optimizer = torch.optim.SGD([w], lr=0.09)
path = [w.tolist()]

for step in range(1, 41):
    cost = ravine(*w)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    path.append(w.tolist())

    if step <= 3 or step % 10 == 0:
        print(f"step {step}: x = {w[0]:.4f}, y = {w[1]:.4f}")

# %% The path of SGD view="every epoch"
plt.clear_figure()
draw_map("ravine", [("O", (255, 200, 60), path)])
plt.title(f"step {len(path) - 1}: x = {w[0]:.3f}, y = {w[1]:.3f}")
plt.show()

# %% [markdown] lang="en"
# ## Momentum
#
# Above 0.1 $y$ grew, so $x$ must creep. A heavy ball does not
# zigzag. **Momentum** (Polyak, 1964) keeps
# a velocity $v$: across the ravine the gradients take turns and
# cancel out, along it they add up. **Nesterov** (1983) steps by
# the velocity that comes next if the gradient stays, which is
# $\beta v_{n+1} + g_n$, and so brakes in time:
#
# $$v_{n+1} = \beta v_n + g_n$$
# $$momentum:  w_{n+1} = w_n - \gamma v_{n+1}$$
# $$Nesterov:  w_{n+1} = w_n - \gamma (g_n + \beta v_{n+1})$$
#
# Before the ravine, a plain slope: the gradient is always 1, and
# $\beta = 0.9$. What does $v$ come to?
#
# - [?] `v` ± 1
#   It stops growing at v = 0.9 v + 1, which is 10: ten times SGD's pace.

# %% [markdown] lang="ko"
# ## 모멘텀
#
# 0.1을 넘으면 $y$가 커지니 $x$는 느릿느릿 갈 수밖에 없습니다.
# 무거운 공은 지그재그로 구르지 않습니다. **모멘텀**(Polyak,
# 1964)은 속도 $v$를 기억합니다. 협곡을 가로지르는 기울기는
# 번갈아 나와 상쇄되고, 협곡을 따라가는 기울기는 쌓입니다.
# **Nesterov**(1983)는 지금 속도가 아니라 다음 속도로 움직여서 제때
# 속도를 줄입니다. 기울기가 그대로라면 다음 속도는
# $\beta v_{n+1} + g_n$입니다.
#
# $$v_{n+1} = \beta v_n + g_n$$
# $$momentum:  w_{n+1} = w_n - \gamma v_{n+1}$$
# $$Nesterov:  w_{n+1} = w_n - \gamma (g_n + \beta v_{n+1})$$
#
# 협곡에 가기 전에, 기울기가 늘 1인 비탈에서 해 봅시다.
# $\beta = 0.9$이면 $v$는 얼마까지 커질까요?
#
# - [?] `v` ± 1
#   v = 0.9v + 1이 되는 10에서 멈춥니다. SGD보다 열 배 빠릅니다.


# %% Momentum and Nesterov by hand watch="v" show="v w"
def momentum(w, g, v):
    v = 0.9 * v + g
    return w - 0.02 * v, v


def nesterov(w, g, v):
    v = 0.9 * v + g
    return w - 0.02 * (g + 0.9 * v), v


w, v = 0.0, 0.0
for step in range(50):
    w, v = momentum(w, 1.0, v)
print(f"v = {v:.3f}, w = {w:.3f}; SGD would be at {-0.02 * 50:.3f}")

# %% [markdown] lang="en"
# ## How heavy should the ball be?
#
# The same rule in the ravine, with the rate of 0.02 and four
# values of $\beta$. With $\beta = 0$ it is plain gradient descent:
# its path is drawn in grey under each of the others.
#
# Press `-` a few times before you run it. See how far each goes
# along the ravine, and what it does at the lowest place.
#
# Which ball has the lowest cost after 60 steps?
#
# - [ ] $\beta = 0$
#   It does not zigzag at so small a rate, and creeps along $x$.
# - [ ] $\beta = 0.5$
#   Twice the pace of plain descent: close, but not there yet.
# - [x] $\beta = 0.9$
#   Ten times the pace, and it swings only a little.
# - [ ] $\beta = 0.99$
#   Too heavy to turn round: it runs through the lowest place and
#   far up on the other side.

# %% [markdown] lang="ko"
# ## 공은 얼마나 무거워야 할까요?
#
# 같은 규칙으로 협곡을 내려갑니다. 학습률은 0.02이고 $\beta$를 네
# 가지로 바꿉니다. $\beta = 0$이면 단순한 경사하강법이고, 그 경로는
# 나머지 그림에도 회색으로 깔려 있습니다.
#
# 실행하기 전에 `-`를 몇 번 누르세요. 협곡을 따라 얼마나 멀리
# 가는지, 가장 낮은 곳에서 어떻게 움직이는지 보세요.
#
# 60걸음 뒤에 cost가 가장 작은 공은 어느 것일까요?
#
# - [ ] $\beta = 0$
#   학습률이 작아 지그재그는 없지만, $x$ 쪽으로 느릿느릿 갑니다.
# - [ ] $\beta = 0.5$
#   경사하강법보다 두 배 빠르지만 아직 도착하지 못했습니다.
# - [x] $\beta = 0.9$
#   열 배 빠르고, 조금만 흔들립니다.
# - [ ] $\beta = 0.99$
#   너무 무거워서 돌아서지 못합니다. 가장 낮은 곳을 지나 반대편으로
#   멀리 올라갑니다.

# %% Four balls watch="cost" show="w v"
balls = {}
for beta in [0, 0.5, 0.9, 0.99]:
    w, v = torch.tensor([-4.0, 1.5]), torch.zeros(2)
    balls[beta] = [w.tolist()]
    for step in range(60):
        g = torch.tensor([1.0, 20.0]) * w
        v = beta * v + g
        w = w - 0.02 * v
        cost = ravine(*w)
        balls[beta].append(w.tolist())
    print(f"beta {beta}: cost {cost:.3f} after 60 steps")

# %% The path of each ball view="every epoch"
plt.clear_figure()
draw_map("ravine", [("o", (205, 205, 205), balls[0]), ("O", (255, 200, 60), balls[beta])])
plt.title(f"β = {beta}, step {len(balls[beta]) - 1}: cost {cost:.3f}")
plt.show()

# %% [markdown] lang="en"
# ## Beside torch.optim
#
# Are our rules those of PyTorch? `compare` runs a rule beside
# PyTorch's own through 50 steps in the ravine, and gives the
# largest difference on the way: nan, if there ever was one.
#
# It counts in last bits: a float32 has 24 of them, and for the
# largest weight here, nearly 4, the last one is worth 2.4e-7.
#
# A difference up to about 1 is right. PyTorch may multiply and add
# in one go and round once, where our line rounds twice.

# %% [markdown] lang="ko"
# ## torch.optim과 나란히
#
# 손으로 쓴 규칙이 정말 PyTorch의 규칙일까요? `compare`는 협곡에서
# 우리 규칙과 PyTorch를 50걸음 나란히 돌리고, 도중에 가장 크게
# 벌어진 차이를 알려 줍니다. 한 번이라도 nan이 나오면 nan입니다.
#
# 단위는 마지막 비트입니다. float32의 유효 비트는 24개이고,
# 여기서 가장 큰 가중치는 4에 가까우므로 마지막 비트의 크기는
# 2.4e-7입니다.
#
# 차이가 1을 크게 넘지 않으면 같은 규칙입니다. 꼭 0이 아닌 것은
# 반올림 때문입니다. 우리 코드는 곱할 때와 더할 때 두 번
# 반올림하는데, PyTorch는 둘을 묶어 한 번만 반올림하기도 합니다.


# %% Beside torch.optim watch="" show=""
def compare(rule, memory, optimizer_class, **settings):
    ours = torch.tensor([-4.0, 1.5])
    theirs = ours.clone().requires_grad_()
    optimizer = optimizer_class([theirs], **settings)
    last_bit = torch.finfo(torch.float32).eps * 2  # of a number from 2 to 4
    largest = torch.tensor(0.0)
    for step in range(50):
        optimizer.zero_grad()
        ravine(*theirs).backward()
        optimizer.step()
        ours, memory = rule(ours, torch.tensor([1.0, 20.0]) * ours, memory)
        difference = (ours - theirs.detach()).abs().max() / last_bit
        largest = torch.maximum(largest, difference)
    return largest.item()


SGD = torch.optim.SGD
settings = {"lr": 0.02, "momentum": 0.9}
print("largest difference, in last bits:")
print("momentum", compare(momentum, 0, SGD, **settings))
print("Nesterov", compare(nesterov, 0, SGD, **settings, nesterov=True))

# %% [markdown] lang="en"
# ## A rate for each weight
#
# The ravine is steep in $y$ and flat in $x$. Why the same rate
# for both? **AdaGrad** (Duchi and others, 2011) sums up squared
# gradients in $s$ and divides by their root:
#
# $$s_{n+1} = s_n + g_n^2$$
# $$w_{n+1} = w_n - \gamma \frac{g_n}{\sqrt{s_{n+1}} + \epsilon}$$
#
# The sum only grows, so the rate of a weight, $\gamma / \sqrt{s}$,
# only shrinks. **RMSProp** (Hinton, 2012) forgets, with an average
# in place of the sum:
#
# $$s_{n+1} = \alpha s_n + (1 - \alpha) g_n^2$$
#
# $\epsilon$ is tiny, and there so that we never divide by zero.
#
# AdaGrad starts at $(-4, 1.5)$ with $\gamma = 0.5$. What is $y$
# after its first step?
#
# - [?] `first[1].item()` ± 0.02
#   g divided by its own size is 1, however steep it is: 1.5 - 0.5.

# %% [markdown] lang="ko"
# ## 가중치마다 다른 학습률
#
# 협곡은 $y$ 쪽으로는 가파르고 $x$ 쪽으로는 완만합니다. 학습률이
# 꼭 같아야 할까요? **AdaGrad**(Duchi 등, 2011)는 기울기의 제곱을 $s$에
# 쌓고 그 제곱근으로 나눕니다.
#
# $$s_{n+1} = s_n + g_n^2$$
# $$w_{n+1} = w_n - \gamma \frac{g_n}{\sqrt{s_{n+1}} + \epsilon}$$
#
# $s$는 커지기만 하므로 가중치의 학습률 $\gamma / \sqrt{s}$는
# 작아지기만 합니다. **RMSProp**(Hinton, 2012)은 합 대신 평균을 써서
# 옛 기울기를 잊습니다.
#
# $$s_{n+1} = \alpha s_n + (1 - \alpha) g_n^2$$
#
# $\epsilon$은 0으로 나누는 일을 막는 아주 작은 수입니다.
#
# AdaGrad가 $(-4, 1.5)$에서 $\gamma = 0.5$로 출발합니다. 첫걸음
# 뒤에 $y$는 얼마일까요?
#
# - [?] `first[1].item()` ± 0.02
#   얼마나 가파르든 g를 자기 크기로 나누면 1입니다. 1.5 - 0.5입니다.


# %% AdaGrad and RMSProp by hand watch="" show="first"
def adagrad(w, g, s):
    s = s + g**2
    return w - 0.5 * g / (s.sqrt() + 1e-10), s


def rmsprop(w, g, s):
    s = 0.99 * s + 0.01 * g**2
    return w - 0.05 * g / (s.sqrt() + 1e-8), s


first, s = adagrad(torch.tensor([-4.0, 1.5]), torch.tensor([-4.0, 30.0]), 0)
print("AdaGrad's first step ends at", first.tolist())

print("largest difference, in last bits:")
print("AdaGrad", compare(adagrad, 0, torch.optim.Adagrad, lr=0.5))
print("RMSProp", compare(rmsprop, 0, torch.optim.RMSprop, lr=0.05))

# %% [markdown] lang="en"
# ## Your turn: Adam by hand
#
# **Adam** (Kingma and Ba, 2014) has both: an average $m$ of the
# gradients, as momentum has, and an average $s$ of their squares,
# as RMSProp has. Both begin at 0 and are too small at first, so
# at step $t$ Adam corrects them:
#
# $$\hat{m} = \frac{m}{1 - 0.9^t}$$
# $$\hat{s} = \frac{s}{1 - 0.999^t}$$
# $$w_{n+1} = w_n - \gamma \frac{\hat{m}}{\sqrt{\hat{s}} + \epsilon}$$
#
# The code below forgot to correct. Mend it: the difference from
# `torch.optim.Adam` must come down to a few last bits.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 손으로 쓰는 Adam
#
# **Adam**(Kingma와 Ba, 2014)은 둘을 합칩니다. 모멘텀처럼 기울기의
# 평균 $m$을, RMSProp처럼 기울기 제곱의 평균 $s$를 기억합니다.
# 둘 다 0에서 출발해서 처음에는 너무 작으므로, $t$번째 걸음에서
# 이렇게 보정합니다.
#
# $$\hat{m} = \frac{m}{1 - 0.9^t}$$
# $$\hat{s} = \frac{s}{1 - 0.999^t}$$
# $$w_{n+1} = w_n - \gamma \frac{\hat{m}}{\sqrt{\hat{s}} + \epsilon}$$
#
# 아래 코드에는 보정이 빠져 있습니다. 고쳐서 `torch.optim.Adam`과의
# 차이를 마지막 비트 몇 개 정도로 줄여 보세요.


# %% Adam by hand watch="" tags=["exercise"]
def adam(w, g, memory):
    m, s, t = memory
    t = t + 1
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    # m and s began at zero: correct them before they are used
    w = w - 0.2 * m / (s.sqrt() + 1e-8)
    return w, (m, s, t)


largest = compare(adam, (0, 0, 0), torch.optim.Adam, lr=0.2)
print("largest difference, in last bits:", largest)

# %% [markdown] lang="en" tags=["hint"]
# After one step $m$ is a tenth of the gradient. By what must it
# be divided to be the gradient itself?

# %% [markdown] lang="ko" tags=["hint"]
# 한 걸음 뒤에 $m$은 기울기의 10분의 1입니다. 얼마로 나누어야
# 기울기와 같아질까요?

# %% [markdown] lang="en" tags=["hint"]
# Give the corrected ones names of their own. What is returned in
# the memory are `m` and `s` as they were before.

# %% [markdown] lang="ko" tags=["hint"]
# 보정한 값에는 새 이름을 붙이세요. 다음 걸음을 위해 돌려주는
# `m`과 `s`는 보정하기 전의 값이어야 합니다.

# %% [markdown] lang="en" tags=["hint"]
# `m_hat = m / (1 - 0.9**t)` and `s_hat = s / (1 - 0.999**t)`;
# then use `m_hat` and `s_hat` in the last line but one.

# %% [markdown] lang="ko" tags=["hint"]
# `m_hat = m / (1 - 0.9**t)`, `s_hat = s / (1 - 0.999**t)`를
# 만들고, `w`를 구하는 줄에서 `m_hat`과 `s_hat`을 쓰세요.


# %% tags=["solution"]
def adam(w, g, memory):
    m, s, t = memory
    t = t + 1
    m = 0.9 * m + 0.1 * g
    s = 0.999 * s + 0.001 * g**2
    m_hat = m / (1 - 0.9**t)
    s_hat = s / (1 - 0.999**t)
    w = w - 0.2 * m_hat / (s_hat.sqrt() + 1e-8)
    return w, (m, s, t)


largest = compare(adam, (0, 0, 0), torch.optim.Adam, lr=0.2)
print("largest difference, in last bits:", largest)

# %% tags=["check"]
torch.manual_seed(0)
theirs = torch.tensor([1.0, -2.0, 3.0, 4.0], requires_grad=True)
optimizer = torch.optim.Adam([theirs], lr=0.2)
ours, memory = theirs.detach().clone(), (0, 0, 0)
differences = []
for t in range(20):
    # the last weight never has a gradient: without epsilon it divides by zero
    theirs.grad = torch.randn(4) * torch.tensor([0.002, 1.0, 100.0, 0.0])
    optimizer.step()
    ours, memory = adam(ours, theirs.grad, memory)
    differences = [*differences, (ours - theirs.detach()).abs().max()]
first, largest = differences[0].item(), torch.stack(differences).max().item()

assert first < 1e-4, {
    "en": "the first step must be Adam's, about 0.2 where there is a gradient;"
    f" yours is {first:.3g} away",
    "ko": "첫걸음부터 Adam과 같아야 합니다. 기울기가 있으면 약 0.2씩 움직입니다."
    f" 지금은 {first:.3g}만큼 다릅니다",
}
assert largest < 1e-4, {
    "en": f"all 20 steps must end where Adam's do; yours are up to {largest:.3g} away",
    "ko": f"20걸음 모두 Adam과 같아야 합니다. 지금은 {largest:.3g}까지 벌어집니다",
}

# %% [markdown] lang="en"
# ## On your marks
#
# Six optimizers, three landscapes. Each runner is a letter:
# **S** is SGD, **M** momentum, **N** Nesterov, **G** AdaGrad, **R**
# RMSProp and **A** Adam.
#
# Each has a learning rate that suits it, since a step means
# something else to each. Bowl and ravine start at $(-4, 1.5)$.
# On the saddle all start on the ridge, 0.01 beside its middle,
# where there is nearly no slope sideways.

# %% [markdown] lang="ko"
# ## 출발선에 서기
#
# 옵티마이저 여섯, 지형 세 곳입니다. 선수는 글자로 나타냅니다.
# **S**는 SGD, **M**은 모멘텀, **N**은 Nesterov, **G**는 AdaGrad,
# **R**은 RMSProp, **A**는 Adam입니다.
#
# 학습률의 뜻이 저마다 다르므로, 각자에게 맞는 값을 주었습니다.
# 그릇과 협곡에서는 $(-4, 1.5)$에서 출발합니다. 안장에서는 능선
# 한가운데에서 0.01만 비켜난 곳이라, 옆으로는 거의 평평합니다.

# %% The runners
racers = {
    "S": lambda w: torch.optim.SGD(w, lr=0.08),
    "M": lambda w: torch.optim.SGD(w, lr=0.02, momentum=0.9),
    "N": lambda w: torch.optim.SGD(w, lr=0.02, momentum=0.9, nesterov=True),
    "G": lambda w: torch.optim.Adagrad(w, lr=0.5),
    "R": lambda w: torch.optim.RMSprop(w, lr=0.05),
    "A": lambda w: torch.optim.Adam(w, lr=0.2),
}
starts = {"bowl": [-4.0, 1.5], "ravine": [-4.0, 1.5], "saddle": [-4.0, 0.01]}
print(f"{len(racers)} runners, {len(starts)} landscapes")

# %% [markdown] lang="en"
# ## The race
#
# 60 steps in each landscape: the bowl, the ravine, the saddle.
# Press `-` a few times first and watch the drawing; each letter has
# its trail behind it, and above them they stand in order, the
# lowest first. The curves are the costs of three of them.
#
# In the ravine see who zigzags, who overshoots, and who takes
# the diagonal as if there were no ravine at all.
#
# Who leaves the ridge of the saddle first?
#
# - [ ] SGD
#   It waits for the slope: 0.02 at first, and a little more each step.
# - [ ] Those with a velocity: M and N
#   They gather speed, but from a slope of nearly nothing.
# - [x] Those that divide by the gradient's size: G, R and A
#   However small the slope is, divided by itself it is a full step.

# %% [markdown] lang="ko"
# ## 경주
#
# 그릇, 협곡, 안장에서 차례로 60걸음씩 달립니다. `-`를 몇 번
# 누르고 실행해서 그림을 지켜보세요. 글자 뒤로 지나온 길이 남고,
# 맨 위에는 cost가 작은 순서대로 글자가 있습니다. 곡선은 그중 셋의
# cost입니다.
#
# 협곡에서 누가 지그재그로 가는지, 누가 지나쳤다 돌아오는지,
# 누가 협곡이 없는 듯 대각선으로 가는지 보세요.
#
# 안장의 능선을 누가 가장 먼저 벗어날까요?
#
# - [ ] SGD
#   기울기가 커지기를 기다립니다. 처음에는 0.02뿐입니다.
# - [ ] 속도를 기억하는 M과 N
#   속도를 모으지만, 모을 기울기가 거의 없습니다.
# - [x] 기울기를 그 크기로 나누는 G, R, A
#   기울기가 아무리 작아도 자기 크기로 나누면 온전한 한 걸음입니다.

# %% The race watch="SGD_cost Nesterov_cost Adam_cost"
paths, costs = {}, {}
for place in landscapes:
    weights, optimizers = {}, {}
    for letter, racer in racers.items():
        weights[letter] = torch.tensor(starts[place], requires_grad=True)
        optimizers[letter] = racer([weights[letter]])
    paths |= {(place, letter): [starts[place]] for letter in racers}

    for step in range(1, 61):
        for letter, w in weights.items():
            optimizers[letter].zero_grad()
            cost = landscapes[place](*w)
            cost.backward()
            optimizers[letter].step()
            paths[place, letter].append(w.tolist())
            # what is no number any more stands last
            costs[letter] = cost.nan_to_num(torch.inf, torch.inf).item()
        SGD_cost, Nesterov_cost, Adam_cost = [costs[letter] for letter in "SNA"]
    ranked = sorted(costs, key=costs.get)
    print(f"{place}:", *(f"{letter} {costs[letter]:.3g}" for letter in ranked))

for letter in racers:
    on_ridge = sum(abs(y) < 0.5 for x, y in paths["saddle", letter])
    print(f"{letter} stays on the ridge of the saddle for {on_ridge} steps")

# %% Six runners, best first view="every epoch"
colors = {
    "S": (255, 185, 170),
    "M": (255, 200, 60),
    "N": (240, 180, 255),
    "G": (120, 255, 120),
    "R": (0, 230, 255),
    "A": (255, 255, 255),
}
ranked = sorted(costs, key=costs.get)

plt.clear_figure()
draw_map(place, [(letter, colors[letter], paths[place, letter]) for letter in ranked])
plt.title(f"{place}, step {step}: " + " ".join(ranked))
plt.show()

# %% [markdown] lang="en"
# ## How large may the learning rate be?
#
# No formula says it for a network. The **range test** (Smith,
# 2015) finds out: begin with a tiny rate, make it 12% larger at
# every step, and watch the cost.
#
# The data are 64 points of a noisy sine, the network has 32
# hidden neurons. Look in the drawing at which rates the cost falls,
# and where that ends.
#
# The rate goes from 0.0001 to more than 1. How will the curve of
# the cost look in the end?
#
# - [~] `cost`
#   It falls while the rate is good, and then it explodes, to inf at
#   last. Take a rate some way left of that: a third or a tenth of it.

# %% [markdown] lang="ko"
# ## 학습률은 어디까지 키울 수 있을까요?
#
# 신경망에서는 식으로 구할 수 없습니다. 대신 **range
# test**(Smith, 2015)로 알아봅니다. 아주 작은 학습률에서 시작해
# 걸음마다 12%씩 키우면서 cost를 지켜봅니다.
#
# 데이터는 잡음 섞인 사인 곡선의 점 64개이고, 신경망의 은닉
# 뉴런은 32개입니다. 학습률이 얼마일 때부터 cost가 줄고, 얼마일
# 때까지 줄어드는지 그림에서 보세요.
#
# 학습률은 0.0001에서 1 너머까지 커집니다. cost 곡선은 끝에
# 가서 어떤 모양이 될까요?
#
# - [~] `cost`
#   학습률이 알맞은 동안 줄다가 폭발하고, 끝내 inf가 됩니다.
#   폭발한 곳의 3분의 1이나 10분의 1쯤을 학습률로 고르면 됩니다.

# %% The range test watch="cost" show="learning_rate"
torch.manual_seed(0)
x_sine = torch.linspace(-1, 1, 64)[:, None]
y_sine = torch.sin(3 * x_sine) + 0.1 * torch.randn(64, 1)

torch.manual_seed(1)
network = nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 1))
learning_rate = 1e-4
optimizer = torch.optim.SGD(network.parameters(), lr=learning_rate)
rates, rate_costs = [], []

for step in range(90):
    optimizer.param_groups[0]["lr"] = learning_rate
    cost = F.mse_loss(network(x_sine), y_sine)
    rates.append(learning_rate)
    rate_costs.append(cost.item())
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    learning_rate *= 1.12

good = sum(reached < 4 * rate_costs[0] for reached in rate_costs)
print(f"lowest cost {min(rate_costs):.3f}")
print(f"the cost exploded beyond a rate of {rates[good - 1]:.2f}")

# %% Cost by learning rate view="every epoch"
plt.clear_figure()
plt.theme("clear")
heights = torch.tensor(rate_costs).nan_to_num(1).clamp(max=1).tolist()
plt.plot(torch.tensor(rates).log10().tolist(), heights, color="cyan", marker="braille")
plt.xlim(-4, 0)
plt.ylim(0, 1)
plt.xticks([-4, -3, -2, -1, 0], ["0.0001", "0.001", "0.01", "0.1", "1"])
plt.yticks([0, 0.25, 0.5, 0.75, 1])
plt.xlabel("learning rate")
plt.title(f"cost {rate_costs[-1]:.3f} at {rates[-1]:.4f}")
plt.show()

# %% [markdown] lang="en"
# ## Noise
#
# A step on four random points is cheap, but its gradient is
# noisy: only on average does it point downhill. How near to the
# lowest place do such steps come?
#
# A straight line is fitted to 64 points, four at a time, and for
# a line we know the lowest cost there is. `excess` is how far
# the cost on all points is above that.
#
# How will the curve of the excess look, with a constant rate of
# 0.3?
#
# - [~] `excess`
#   It falls and levels off, but not at 0: near the lowest place the
#   noise is all that is left. On a logarithmic axis (`S`) it shakes.

# %% [markdown] lang="ko"
# ## 잡음
#
# 점을 네 개만 뽑아 한 걸음 움직이면 계산은 싸지만 기울기에
# 잡음이 섞여서, 평균적으로만 내리막을 가리킵니다. 그런 걸음으로
# 바닥에 얼마나 가까이 갈 수 있을까요?
#
# 점 64개에서 네 개씩 뽑아 직선을 맞춥니다. 직선이라면 가능한
# 최소 cost를 구할 수 있습니다. `excess`는 전체 점의 cost가 그
# 최솟값보다 얼마나 큰지입니다.
#
# 학습률이 0.3으로 일정하면 `excess` 곡선은 어떤 모양이 될까요?
#
# - [~] `excess`
#   내려가서 머물지만 0은 아닙니다. 바닥 근처에서는 잡음만
#   남습니다. `S`를 눌러 로그 눈금으로 보면 흔들림이 보입니다.

# %% Four points at a time watch="excess" show="w b"
torch.manual_seed(2)
x_line = torch.linspace(-1, 1, 64)
y_line = 2 * x_line + 1 + 0.5 * torch.randn(64)
# the best line, since the mean of x_line is 0
slope = (x_line * y_line).mean() / (x_line**2).mean()
best = slope * x_line + y_line.mean()
lowest = F.mse_loss(best, y_line)

torch.manual_seed(3)
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([w, b], lr=0.3)
rates, excesses = [], []

for step in range(300):
    batch = torch.randint(64, (4,))
    cost = F.mse_loss(w * x_line[batch] + b, y_line[batch])
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    with torch.no_grad():
        excess = F.mse_loss(w * x_line + b, y_line) - lowest
    rates.append(optimizer.param_groups[0]["lr"])
    excesses.append(excess.item())

print(f"mean excess of the last 50: {sum(excesses[-50:]) / 50:.6f}")

# %% Excess (cyan) and rate view="every epoch"
plt.clear_figure()
plt.theme("clear")
for values, color in [(excesses, "cyan"), (rates, "orange")]:
    logarithms = torch.tensor(values).nan_to_num(10).clamp(1e-6, 10).log10().tolist()
    plt.plot(logarithms[::3], color=color, marker="braille")
plt.xlim(0, 100)
plt.ylim(-6, 1)
plt.xticks([0, 50, 100], ["0", "150", "300"])
plt.yticks([-6, -4, -2, 0], ["1e-6", "1e-4", "0.01", "1"])
plt.xlabel("step")
plt.title(f"excess {excesses[-1]:.6f}, rate {rates[-1]:.4f}")
plt.show()

# %% [markdown] lang="en"
# ## Your turn: a schedule
#
# A smaller rate shakes less, and arrives later or never. A
# **schedule** has both: large steps first, small ones later.
#
# `torch.optim.lr_scheduler` holds `StepLR`, `ExponentialLR`,
# `CosineAnnealingLR`, `LinearLR` and more. Each takes the
# optimizer, and its `step()` sets the next learning rate.
#
# Leave the seed and the 300 steps of four points each, and bring
# the mean excess of the last 50 below 0.01, by a rate that falls.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 스케줄
#
# 학습률이 작으면 덜 흔들리지만 늦게 도착하거나 아예 못 갑니다.
# **스케줄**을 쓰면 처음에는 크게, 나중에는 작게 움직일 수
# 있습니다.
#
# `torch.optim.lr_scheduler`에 `StepLR`, `ExponentialLR`,
# `CosineAnnealingLR`, `LinearLR` 등이 있습니다. 옵티마이저를
# 넘겨서 만들고, `step()`을 부르면 다음 학습률이 정해집니다.
#
# 시드와, 점 네 개씩 가는 300걸음은 그대로 두고, 학습률을 도중에
# 줄여서 마지막 50걸음의 `excess` 평균을 0.01보다 작게 만들어 보세요.

# %% A schedule watch="excess" show="w b" tags=["exercise"]
torch.manual_seed(3)
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([w, b], lr=0.3)
rates, excesses = [], []

for step in range(300):
    batch = torch.randint(64, (4,))
    cost = F.mse_loss(w * x_line[batch] + b, y_line[batch])
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    with torch.no_grad():
        excess = F.mse_loss(w * x_line + b, y_line) - lowest
    rates.append(optimizer.param_groups[0]["lr"])
    excesses.append(excess.item())

print(f"mean excess of the last 50: {sum(excesses[-50:]) / 50:.6f}")

# %% Excess (cyan) and rate view="every epoch"
plt.clear_figure()
plt.theme("clear")
for values, color in [(excesses, "cyan"), (rates, "orange")]:
    logarithms = torch.tensor(values).nan_to_num(10).clamp(1e-6, 10).log10().tolist()
    plt.plot(logarithms[::3], color=color, marker="braille")
plt.xlim(0, 100)
plt.ylim(-6, 1)
plt.xticks([0, 50, 100], ["0", "150", "300"])
plt.yticks([-6, -4, -2, 0], ["1e-6", "1e-4", "0.01", "1"])
plt.xlabel("step")
plt.title(f"excess {excesses[-1]:.6f}, rate {rates[-1]:.4f}")
plt.show()

# %% [markdown] lang="en" tags=["hint"]
# Make the scheduler once, under the optimizer. Step it in the
# loop, once for each step of the optimizer.

# %% [markdown] lang="ko" tags=["hint"]
# 스케줄러는 옵티마이저 아래에서 한 번만 만듭니다. 반복문
# 안에서 옵티마이저가 움직일 때마다 `step()`을 한 번씩 부르세요.

# %% [markdown] lang="en" tags=["hint"]
# A cosine from 0.3 down to 0 over all 300 steps is
# `CosineAnnealingLR(optimizer, T_max=300)`.

# %% [markdown] lang="ko" tags=["hint"]
# 300걸음 동안 0.3에서 0까지 코사인 모양으로 줄이려면
# `CosineAnnealingLR(optimizer, T_max=300)`을 쓰세요.

# %% [markdown] lang="en" tags=["hint"]
# Under the optimizer
# `scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 300)`,
# and under `optimizer.step()` the line `scheduler.step()`.

# %% [markdown] lang="ko" tags=["hint"]
# 옵티마이저 아래에
# `scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 300)`,
# `optimizer.step()` 아래에 `scheduler.step()`을 쓰세요.

# %% tags=["solution"]
torch.manual_seed(3)
w = torch.zeros(1, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
optimizer = torch.optim.SGD([w, b], lr=0.3)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 300)
rates, excesses = [], []

for step in range(300):
    batch = torch.randint(64, (4,))
    cost = F.mse_loss(w * x_line[batch] + b, y_line[batch])
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    scheduler.step()
    with torch.no_grad():
        excess = F.mse_loss(w * x_line + b, y_line) - lowest
    rates.append(optimizer.param_groups[0]["lr"])
    excesses.append(excess.item())

print(f"mean excess of the last 50: {sum(excesses[-50:]) / 50:.6f}")

# %% tags=["check"]
import inspect


def line_at(rates):
    # the same steps at these rates, and the excesses on the way
    torch.manual_seed(3)
    line, excesses = [torch.zeros(1, requires_grad=True) for _ in "wb"], []
    takes = inspect.signature(type(optimizer)).parameters
    chosen = {name: value for name, value in optimizer.defaults.items() if name in takes}
    again = type(optimizer)(line, **chosen)
    for rate in rates:
        again.param_groups[0]["lr"] = rate
        batch = torch.randint(64, (4,))
        cost = F.mse_loss(line[0] * x_line[batch] + line[1], y_line[batch])
        again.zero_grad()
        cost.backward()
        again.step()
        with torch.no_grad():
            excesses.append((F.mse_loss(line[0] * x_line + line[1], y_line) - lowest).item())
    away = max((ours - yours).abs().item() for ours, yours in zip(line, (w, b)))
    return away, sum(excesses[-50:]) / 50


mean_excess = torch.as_tensor(excesses[-50:]).mean().item()
highest = max(rates)
# of the last 50, as some schedules leap back up at their end
of_last = sum(rates[-50:]) / len(rates[-50:])
with torch.no_grad():
    last = (F.mse_loss(w * x_line + b, y_line) - lowest).item()

assert len(excesses) == 300, {
    "en": f"keep the 300 steps; yours are {len(excesses)}",
    "ko": f"300걸음을 그대로 두세요. 지금은 {len(excesses)}걸음입니다",
}
assert batch.numel() == 4, {
    "en": f"leave four points to a step; yours takes {batch.numel()}",
    "ko": f"한 걸음에 점을 네 개씩 그대로 쓰세요. 지금은 {batch.numel()}개입니다",
}
assert abs(torch.as_tensor(excesses[-1]).item() - last) < 1e-4, {
    "en": f"leave excess as it is; that of your line is {last:.3g}, and excesses ends with"
    f" {excesses[-1]:.3g}",
    "ko": f"excess를 구하는 줄은 그대로 두세요. 지금 직선의 excess는 {last:.3g}인데,"
    f" excesses의 마지막 값은 {excesses[-1]:.3g}입니다",
}
if len(excesses) == len(rates) == 300 and batch.numel() == 4:
    # a rate is kept behind the step that it is of, or behind the one before
    first = optimizer.param_groups[0].get("initial_lr", rates[0])
    away, true_excess = min(line_at(each) for each in (rates, [first, *rates[:-1]]))
    are_theirs = away < 0.005 and abs(true_excess - mean_excess) < 0.001
    assert are_theirs, {
        "en": "rates and excesses must be those of this training, with its seed and its draws;"
        f" 300 such steps at your rates end {away:.2g} away from your line, with a mean excess of"
        f" {true_excess:.3g} and not {mean_excess:.3g}",
        "ko": "rates와 excesses는 시드와 뽑은 점까지 그대로인 이 학습에서 나온 값이어야 합니다."
        " 지금의 rates로 300걸음을 다시"
        f" 움직이면 지금 직선과 {away:.2g}만큼 다른 곳에서 끝나고, excess의 평균은"
        f" {mean_excess:.3g}이 아니라 {true_excess:.3g}입니다",
    }
assert of_last < highest / 2, {
    "en": f"the rate must fall on the way; it went from {highest:.3g} to {of_last:.3g}, the mean of"
    " the last 50 steps",
    "ko": f"학습률이 도중에 줄어야 합니다. 지금은 가장 클 때 {highest:.3g},"
    f" 마지막 50걸음의 평균이 {of_last:.3g}입니다",
}
assert mean_excess < 0.01, {
    "en": f"the mean excess of the last 50 steps must be below 0.01; yours is {mean_excess:.3g}",
    "ko": f"마지막 50걸음의 excess 평균이 0.01보다 작아야 합니다. 지금은 {mean_excess:.3g}입니다",
}

# %% [markdown] lang="en"
# ## Weight decay
#
# Ten noisy points, and a network with ten thousand weights: it
# can pass through every point, noise and all. **Weight decay**
# pulls all weights towards 0 at each step, so that only what the
# data insist on stays:
#
# $$w_{n+1} = w_n - \gamma g_n - \gamma \lambda w_n$$
#
# In `SGD` that is `weight_decay`. In `Adam` the pull would be
# divided by $\sqrt{s}$ like a gradient; `AdamW` (Loshchilov and
# Hutter, 2017) leaves it out of that.
#
# We train with $\lambda = 0$ and with $\lambda = 1$. Which of the
# two passes nearer to the ten points?
#
# - [x] The one without decay
#   It fits the noise too. See which of the two is nearer to the sine.
# - [ ] The one with decay
#   The pull keeps its weights from going all the way.

# %% [markdown] lang="ko"
# ## 가중치 감쇠
#
# 점은 열 개인데 가중치는 만 개입니다. 이런 신경망은 잡음까지
# 외워서 모든 점을 지날 수 있습니다. **가중치 감쇠**(weight
# decay)는 걸음마다 모든 가중치를 0 쪽으로 당겨서, 데이터에 꼭
# 필요한 것만 남깁니다.
#
# $$w_{n+1} = w_n - \gamma g_n - \gamma \lambda w_n$$
#
# `SGD`에서는 `weight_decay`로 씁니다. `Adam`에서는 당기는 힘까지
# $\sqrt{s}$로 나누어지는데, `AdamW`(Loshchilov와 Hutter, 2017)는
# 그 힘을 따로 적용합니다.
#
# $\lambda = 0$과 $\lambda = 1$로 학습합니다. 어느 쪽 곡선이 점 열
# 개를 더 가까이 지나갈까요?
#
# - [x] 감쇠가 없는 쪽
#   잡음까지 외웁니다. 사인 곡선에는 어느 쪽이 더 가까운지 보세요.
# - [ ] 감쇠가 있는 쪽
#   당기는 힘 때문에 가중치가 끝까지 맞추지 못합니다.

# %% Weight decay watch="cost"
torch.manual_seed(2)
x_few = torch.linspace(-1, 1, 10)[:, None]
y_few = torch.sin(3 * x_few) + 0.3 * torch.randn(10, 1)
x_all = torch.linspace(-1, 1, 60)[:, None]
y_all = torch.sin(3 * x_all)

fits, misses = {}, {}
for decay in [0.0, 1.0]:
    torch.manual_seed(2)
    network = nn.Sequential(
        nn.Linear(1, 100),
        nn.Tanh(),
        nn.Linear(100, 100),
        nn.Tanh(),
        nn.Linear(100, 1),
    )
    optimizer = torch.optim.AdamW(
        network.parameters(),
        lr=0.01,
        weight_decay=decay,
    )
    for epoch in range(300):
        cost = F.mse_loss(network(x_few), y_few)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        with torch.no_grad():
            fits[decay] = network(x_all)
    misses[decay] = F.mse_loss(fits[decay], y_all).item()
    print(f"decay {decay}: points {cost:.4f}, sine {misses[decay]:.4f}")

# %% The curve, by decay view="every epoch"
plt.clear_figure()
plt.theme("clear")
axis = x_all.flatten().tolist()
plt.scatter(axis[::2], y_all.flatten().tolist()[::2], marker="·", color="white", label="sine")
for decay, color in [(0.0, "orange"), (1.0, "cyan")]:
    if decay in fits:
        fit = fits[decay].flatten().clamp(-1.6, 1.6).tolist()
        plt.plot(axis, fit, marker="braille", color=color, label=f"decay {decay:.0f}")
plt.scatter(x_few.flatten().tolist(), y_few.flatten().tolist(), marker="O", color="red")
plt.xlim(-1, 1)
plt.ylim(-1.6, 1.6)
plt.xticks([-1, 0, 1])
plt.yticks([-1, 0, 1])
plt.title(f"decay {list(fits)[-1]:.0f}, epoch {epoch + 1}: cost {cost.item():.4f}")
plt.show()

# %% [markdown] lang="en"
# ## Where to begin
#
# A layer with 64 inputs and random weights of spread (standard
# deviation) $\sigma$ multiplies the spread of what passes by
# about $\sigma \sqrt{64}$. Through ten layers that is a tenth
# power: a factor a little below 1 kills the signal, one above
# pushes tanh to its ends, where its slope is 0.
#
# **Xavier** (Glorot and Bengio, 2010) makes $\sigma \sqrt{64}$ 1:
# here $\sigma = 1/8$. That holds for values near 0, which tanh
# leaves as they are; of a spread of 1 it leaves 0.63, and the
# smaller the spread, the less is lost. **He** and others (2015) take twice the
# variance, for ReLU, which throws half of it away.
#
# The inputs have spread 1. With $\sigma = 0.01$, what spread is
# left behind the first layer?
#
# - [?] `spreads["0.01"][1]` ± 0.02
#   0.01 times 8 is 0.08, and ten such layers leave about 1e-11.

# %% [markdown] lang="ko"
# ## 어디서 출발할까요?
#
# 입력이 64개인 층의 가중치를 표준편차 $\sigma$로 뽑으면, 층을 지날
# 때 값의 표준편차에 약 $\sigma \sqrt{64}$가 곱해집니다. 열 층이면
# 그 10제곱입니다. 1보다 조금만 작아도 신호가 사라지고, 크면
# tanh의 양 끝으로 밀려나 기울기가 0이 됩니다.
#
# **Xavier**(Glorot와 Bengio, 2010)는 $\sigma \sqrt{64}$가 1이
# 되게 합니다. 여기서는 $\sigma = 1/8$입니다. 다만 이 계산은 tanh가
# 값을 거의 그대로 내보내는 0 근처에서만 맞습니다. 표준편차가 1인
# 값은 tanh를 지나면 0.63이 되고, 표준편차가 작을수록 덜
# 줄어듭니다. **He** 등(2015)은 절반을 버리는 ReLU에 맞춰 분산을 두
# 배로 합니다.
#
# 입력의 표준편차는 1입니다. $\sigma = 0.01$이면 첫 층을 지난 값의
# 표준편차는 얼마일까요?
#
# - [?] `spreads["0.01"][1]` ± 0.02
#   0.01에 8을 곱하면 0.08이고, 열 층을 지나면 약 1e-11입니다.

# %% Ten layers of tanh watch="spread" show="h"
spreads = {}
for name, sigma in {"0.01": 0.01, "Xavier": 1 / 8, "1": 1.0}.items():
    torch.manual_seed(0)
    h = torch.randn(128, 64)
    spreads[name] = [h.std().item()]
    for layer in range(1, 11):
        W = sigma * torch.randn(64, 64)
        h = torch.tanh(h.matmul(W))
        spread = h.std().item()
        spreads[name].append(spread)
    ends = (h.abs() > 0.99).float().mean().item()
    print(f"{name}: spread {spread:.1e}, at the ends of tanh {ends:.0%}")

# %% Spread after each layer view="every epoch"
plt.clear_figure()
plt.theme("clear")
for (name, values), color in zip(spreads.items(), ["orange", "cyan", "red"]):
    logarithms = torch.tensor(values).clamp(min=1e-12).log10().tolist()
    plt.plot(range(len(values)), logarithms, marker="braille", color=color, label=name)
plt.xlim(0, 10)
plt.xticks([0, 2, 4, 6, 8, 10])
# the names stand in the room above 1
plt.ylim(-12, 8)
plt.yticks([-12, -8, -4, 0], ["1e-12", "1e-8", "1e-4", "1"])
plt.xlabel("layer")
plt.show()

# %% [markdown] lang="en"
# ## A deep network
#
# Ten layers of 64 neurons and one output. `activation` is the
# class of the activation function, `initialise` a function from
# `nn.init` that writes the first weights into a tensor.
#
# `gradient_sizes` gives, for each of the ten layers, how long
# the gradient of its weights is: all 4096 slopes squared, added
# up, and the root of that.
#
# The target bends: it is the product of the first two of the 64
# inputs, and no weighted sum of inputs comes near it.

# %% [markdown] lang="ko"
# ## 깊은 신경망
#
# 뉴런 64개짜리 층이 열 개, 출력이 하나입니다. `activation`은
# 활성화 함수의 클래스이고, `initialise`는 가중치의 첫 값을
# 채우는 `nn.init`의 함수입니다.
#
# `gradient_sizes`는 층마다 가중치의 기울기가 얼마나 큰지
# 잽니다. 기울기 4096개를 제곱해서 더한 뒤 제곱근을 구합니다.
#
# 정답은 입력 64개 가운데 첫째와 둘째 값의 곱입니다. 입력에
# 가중치를 곱해 더하는 것만으로는 맞힐 수 없습니다.

# %% A deep network show="inputs targets"
torch.manual_seed(5)
inputs = torch.randn(128, 64)
targets = inputs[:, :1] * inputs[:, 1:2]


def deep_network(activation, initialise):
    torch.manual_seed(0)
    layers = []
    for depth in range(10):
        linear = nn.Linear(64, 64)
        initialise(linear.weight)
        nn.init.zeros_(linear.bias)
        layers += [linear, activation()]
    return nn.Sequential(*layers, nn.Linear(64, 1))


def gradient_sizes(network):
    linears = [one for one in network.modules() if isinstance(one, nn.Linear)]
    gradients = [linear.weight.grad for linear in linears[:10]]
    return torch.stack([gradient.norm() for gradient in gradients])


print(deep_network(nn.Sigmoid, nn.init.xavier_normal_)[:4])

# %% [markdown] lang="en"
# ## Gradients of ten layers
#
# On the way back, each layer multiplies the gradient by its
# weights and by the slope of its activation function. Xavier's
# weights keep its size; the slope of a sigmoid is at most 1/4.
#
# The drawing is the size of each layer's gradient, in powers of ten:
# orange in the first epoch, cyan now. What becomes of it while the
# network trains?
#
# From layer 10 back to layer 1 the gradient passes nine
# sigmoids. How many powers of ten does it lose?
#
# - [?] `powers_lost` ± 0.8
#   (1/4)⁹ is 4e-6, and most slopes are below 1/4: six powers of
#   ten. Layer 1 stands still.

# %% [markdown] lang="ko"
# ## 열 층의 기울기
#
# 거꾸로 올 때 기울기에는 층마다 가중치와 활성화 함수의 기울기가
# 곱해집니다. Xavier로 뽑은 가중치는 기울기의 크기를 유지하지만,
# 시그모이드의 기울기는 아무리 커도 1/4입니다.
#
# 그림은 층마다 기울기가 얼마나 큰지를 10의 거듭제곱으로 보여
# 줍니다. 주황색은 첫 에포크, 청록색은 지금입니다. 학습하는 동안
# 기울기는 어떻게 되나요?
#
# 10층에서 1층까지 기울기는 시그모이드를 아홉 번 지납니다. 10의
# 거듭제곱으로 몇 자리나 줄어들까요?
#
# - [?] `powers_lost` ± 0.8
#   (1/4)⁹은 4e-6이고 기울기는 대개 1/4보다 작으므로 여섯
#   자리쯤입니다. 1층은 제자리에 멈춰 있습니다.

# %% Gradients of ten layers watch="cost" show="sizes"
network = deep_network(nn.Sigmoid, nn.init.xavier_normal_)
optimizer = torch.optim.SGD(network.parameters(), lr=0.02)
for epoch in range(1, 101):
    cost = F.mse_loss(network(inputs), targets)
    optimizer.zero_grad()
    cost.backward()
    sizes = gradient_sizes(network)
    if epoch == 1:
        first_sizes = sizes
    optimizer.step()
powers_lost = (first_sizes[9] / first_sizes[0]).log10().item()
print(f"at the start layer 1 had lost {powers_lost:.1f} powers of ten")
print(f"cost after 100 epochs {cost.item():.4f}")

# %% First (orange) and now view="every epoch"
plt.clear_figure()
plt.theme("clear")
bars = torch.stack([first_sizes, sizes]).nan_to_num()
heights = (bars.log10() + 9).clamp(0, 10).tolist()
names = [f"{layer}" for layer in range(1, 11)]
plt.multiple_bar(names, heights, color=["orange", "cyan"], width=0.6)
plt.ylim(0, 10)
plt.yticks([0, 3, 6, 9], ["1e-9", "1e-6", "1e-3", "1"])
plt.xlabel("layer")
plt.title(f"epoch {epoch}: cost {cost.item():.4f}")
plt.show()

# %% [markdown] lang="en"
# ## Your turn: bring the gradient back
#
# The deep network did not learn: the last bias found the best
# constant answer, which costs 1.27, and then all ten layers were
# stuck. That is the **vanishing gradient**. Choose another
# activation function and the initialisation that goes with it, so
# that
#
# - at the start layer 1 has at least a tenth of the gradient of
#   layer 10;
# - the cost ends below 0.5, in the same 100 epochs.
#
# `nn.Tanh`, `nn.ReLU` and others are there to choose from, and
# in `nn.init` besides `xavier_normal_` there is
# `kaiming_normal_`, which is He's.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 기울기 되살리기
#
# 앞의 깊은 신경망은 배우지 못했습니다. 마지막 편향이 가장 나은
# 상수를 찾아 cost가 1.27이 되자, 열 층이 모두 멈춰 섰습니다.
# 이것을 **기울기 소실**(vanishing gradient)이라고 합니다.
# 활성화 함수를 바꾸고, 그에 맞는 초기화를 골라서 다음 둘을
# 이루어 보세요.
#
# - 출발할 때 1층의 기울기가 10층의 10분의 1보다 작지 않게 하기
# - 같은 100 에포크 동안 cost를 0.5보다 작게 하기
#
# `nn.Tanh`, `nn.ReLU` 같은 함수를 쓸 수 있고, `nn.init`에는
# `xavier_normal_`과 함께 He의 방법인 `kaiming_normal_`이
# 있습니다.

# %% A deep network that learns watch="cost" show="sizes" tags=["exercise"]
network = deep_network(nn.Sigmoid, nn.init.xavier_normal_)
optimizer = torch.optim.SGD(network.parameters(), lr=0.02)
for epoch in range(1, 101):
    cost = F.mse_loss(network(inputs), targets)
    optimizer.zero_grad()
    cost.backward()
    sizes = gradient_sizes(network)
    if epoch == 1:
        first_sizes = sizes
    optimizer.step()
powers_lost = (first_sizes[9] / first_sizes[0]).log10().item()
print(f"at the start layer 1 had lost {powers_lost:.1f} powers of ten")
print(f"cost after 100 epochs {cost.item():.4f}")

# %% First (orange) and now view="every epoch"
plt.clear_figure()
plt.theme("clear")
bars = torch.stack([first_sizes, sizes]).nan_to_num()
heights = (bars.log10() + 9).clamp(0, 10).tolist()
names = [f"{layer}" for layer in range(1, 11)]
plt.multiple_bar(names, heights, color=["orange", "cyan"], width=0.6)
plt.ylim(0, 10)
plt.yticks([0, 3, 6, 9], ["1e-9", "1e-6", "1e-3", "1"])
plt.xlabel("layer")
plt.title(f"epoch {epoch}: cost {cost.item():.4f}")
plt.show()

# %% [markdown] lang="en" tags=["hint"]
# Which activation function has a slope of 1 over a wide range,
# and not 1/4 at the most?

# %% [markdown] lang="ko" tags=["hint"]
# 기울기가 아무리 커도 1/4인 함수 말고, 넓은 범위에서 기울기가 1인
# 활성화 함수는 무엇일까요?

# %% [markdown] lang="en" tags=["hint"]
# ReLU has slope 1 for half of its inputs, and throws the other
# half away. One of the two ways to begin makes up for that.

# %% [markdown] lang="ko" tags=["hint"]
# ReLU는 입력의 절반에서 기울기가 1이고 나머지 절반은 버립니다.
# 두 초기화 가운데 하나가 그 절반을 채워 줍니다.

# %% [markdown] lang="en" tags=["hint"]
# `network = deep_network(nn.ReLU, nn.init.kaiming_normal_)`

# %% [markdown] lang="ko" tags=["hint"]
# `network = deep_network(nn.ReLU, nn.init.kaiming_normal_)`

# %% tags=["solution"]
network = deep_network(nn.ReLU, nn.init.kaiming_normal_)
optimizer = torch.optim.SGD(network.parameters(), lr=0.02)
for epoch in range(1, 101):
    cost = F.mse_loss(network(inputs), targets)
    optimizer.zero_grad()
    cost.backward()
    sizes = gradient_sizes(network)
    if epoch == 1:
        first_sizes = sizes
    optimizer.step()
powers_lost = (first_sizes[9] / first_sizes[0]).log10().item()
print(f"at the start layer 1 had lost {powers_lost:.1f} powers of ten")
print(f"cost after 100 epochs {cost.item():.4f}")

# %% tags=["check"]
linears = [layer for layer in network.modules() if isinstance(layer, nn.Linear)]
now = F.mse_loss(network(inputs), targets)
reached = now.item()
# what is never emptied is added to in place, and its version counts how often
left = [each for each in network.parameters() if each.grad is not None and each.grad.any()]
parameters = [each for each in left if each.grad._version > 9]
fresh = torch.autograd.grad(now, parameters) if parameters else []
length = torch.stack([new.norm() for new in fresh] or [torch.tensor(0.0)]).norm().item()
piled_up = max(
    [0.0] + [(each.grad - new).norm().item() for each, new in zip(parameters, fresh, strict=True)]
)

assert len(linears) == 11, {
    "en": f"keep all ten layers and the last one, 11 in all; yours are {len(linears)}",
    "ko": f"층 열 개와 마지막 층까지 11개를 그대로 두세요. 지금은 {len(linears)}개입니다",
}
is_number = abs(powers_lost) < float("inf")
behind = f"{powers_lost:.1f} powers of ten behind" if is_number else "no number at all"
less = f"{powers_lost:.1f}자리 작습니다" if is_number else "셀 수 있는 수가 아닙니다"
assert powers_lost <= 1, {
    "en": "at the start layer 1 must have at least a tenth of the gradient of layer 10;"
    f" yours is {behind}",
    "ko": f"출발할 때 1층의 기울기가 10층의 10분의 1보다 작으면 안 됩니다. 지금은 {less}",
}
assert reached < 0.5, {
    "en": f"the mean squared error must end below 0.5; yours ended at {reached:.3g}",
    "ko": f"평균 제곱 오차가 0.5보다 작아져야 합니다. 지금 끝난 값: {reached:.3g}",
}
# each step of an optimizer writes into the weights once or twice
written = max(weight._version for weight in network.parameters())
keeps_epochs = epoch in (99, 100) and written < 250
assert keeps_epochs, {
    "en": f"leave the 100 epochs, and one step in each; yours ended at epoch {epoch}, and wrote"
    f" {written} times into the weights",
    "ko": f"100 에포크와 에포크마다 한 걸음을 그대로 두세요. 지금은 에포크 {epoch}에서 끝났고,"
    f" 가중치가 {written}번 바뀌었습니다",
}
assert not is_number or piled_up < 3 * length + 0.1, {
    "en": "each epoch must begin with empty gradients: call optimizer.zero_grad();"
    f" yours are left {piled_up:.2g} away from those of one epoch",
    "ko": "에포크마다 optimizer.zero_grad()로 기울기를 비워야 합니다."
    f" 지금은 한 에포크의 기울기와 {piled_up:.2g}만큼 다릅니다",
}

# %% [markdown] lang="en"
# ## How far does each layer move?
#
# While a deep network trains, one number tells more than the cost:
# how far a step moves a weight, beside how large the weight is.
#
# $$ratio = \frac{|\Delta W|}{|W|}$$
#
# About a thousandth is healthy. A layer at a millionth stands
# still, one at a tenth forgets what it knew. The left half of the
# drawing has the ratio of each layer in powers of ten, the right half
# how many slopes of layer 1 are how large. The curve of `ratio` is
# that of layer 1; a logarithmic axis (`S`) shows it.
#
# Run it, then race `lr: 0.0002 0.02 0.2` with `V`. Afterwards put
# `nn.Sigmoid, nn.init.xavier_normal_` there with `e`: what do the
# bars of the first layers say, which the cost does not?

# %% [markdown] lang="ko"
# ## 층마다 얼마나 움직일까요?
#
# 깊은 신경망을 학습할 때 cost보다 많은 것을 알려 주는 수가
# 있습니다. 한 걸음에 가중치가 움직인 거리를 가중치의 크기와
# 비교합니다.
#
# $$ratio = \frac{|\Delta W|}{|W|}$$
#
# 1,000분의 1쯤이면 건강합니다. 100만분의 1이면 멈춰 있는 층이고,
# 10분의 1이면 배운 것을 잊습니다. 그림 왼쪽은 층마다 이 비율을
# 10의 거듭제곱으로, 오른쪽은 1층의 기울기가 어떤 크기로 몇 개씩
# 있는지 보여 줍니다. 곡선 `ratio`는 1층의 비율인데, `S`로 로그
# 눈금을 써야 보입니다.
#
# 실행한 다음 `V`로 `lr: 0.0002 0.02 0.2`를 경주시켜 보세요. 그다음
# `e`로 `nn.Sigmoid, nn.init.xavier_normal_`을 넣어 보세요. 앞쪽
# 층의 막대에서, cost로는 알 수 없던 무엇이 보이나요?

# %% How far each layer moves watch="cost ratio" show="ratios"
network = deep_network(nn.ReLU, nn.init.kaiming_normal_)
linears = [layer for layer in network if isinstance(layer, nn.Linear)][:10]
optimizer = torch.optim.SGD(network.parameters(), lr=0.02)

for epoch in range(1, 101):
    before = [linear.weight.detach().clone() for linear in linears]
    cost = F.mse_loss(network(inputs), targets)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    with torch.no_grad():
        pairs = [(linear.weight, old) for linear, old in zip(linears, before)]
        moves = [(new - old).norm() / old.norm() for new, old in pairs]
        ratios = torch.stack(moves)
    ratio = ratios[0].item()
print(f"layer 1 moves by {ratio:.1e} of itself, layer 10 by {ratios[9]:.1e}")

# %% Ratios, layer 1 slopes view="every epoch"
slopes = linears[0].weight.grad.flatten().nan_to_num().clamp(-1e30, 1e30)
widest = max(slopes.abs().max().item(), 1e-12)

plt.clear_figure()
plt.subplots(1, 2)
plt.subplot(1, 1)
plt.theme("clear")
bars = (ratios.nan_to_num(1).clamp(1e-7, 1).log10() + 7).tolist()
plt.bar(range(1, 11), bars, color="cyan", width=0.4)
plt.hline(4, color="orange")
plt.ylim(0, 7)
plt.yticks([1, 4, 7], ["1e-6", "0.001", "1"])
plt.xticks([1, 4, 7, 10])
plt.title("ratio")
plt.subplot(1, 2)
plt.theme("clear")
counts = slopes.histc(bins=25, min=-widest, max=widest)
plt.bar(range(-12, 13), counts.tolist(), color="orange", width=0.9)
plt.xticks([-12, 0, 12], [f"{-widest:.1g}", "0", f"{widest:.1g}"])
plt.yticks([0, counts.max().item()])
plt.title("∂C/∂W1")
plt.show()

# %% [markdown] lang="en"
# ## Your turn: a blank page
#
# 100 noisy points of a wave that goes up and down twice. Plain SGD
# with a small rate takes thousands of epochs for it. You know what
# is quicker: choose the network, its first weights, the optimizer
# and, if you like, a schedule.
#
# Write `my_model` and its training. Called with places, `[n, 1]`,
# it answers heights, `[n, 1]`.
#
# The checks ask about 200 places between the points: the mean
# squared error from the true wave must be below 0.01.

# %% [markdown] lang="ko"
# ## 직접 해 보기: 빈 페이지
#
# 두 번 오르내리는 물결에서 잡음 섞인 점 100개를 뽑았습니다.
# 학습률이 작은 SGD로는 에포크가 수천 번 필요합니다. 더 빠른 방법을
# 배웠으니 신경망, 초기화, 옵티마이저를 직접 고르세요. 스케줄을
# 써도 됩니다.
#
# `my_model`과 학습 코드를 모두 써 보세요. `[n, 1]`인 위치를
# 넣으면 높이를 `[n, 1]`로 답해야 합니다.
#
# 검사에서는 점들 사이의 200곳을 물어봅니다. 잡음 없는 물결과의
# 평균 제곱 오차가 0.01보다 작아야 합니다.

# %% A blank page tags=["exercise"]
torch.manual_seed(0)
x_wave = 2 * torch.rand(100, 1) - 1
y_wave = torch.sin(6 * x_wave) + 0.1 * torch.randn(100, 1)

# your model, your optimizer, and the loop

# %% [markdown] lang="en" tags=["hint"]
# One number in, one out, and a curve in between: how many bends
# does it need? And which optimizer needs the least care?

# %% [markdown] lang="ko" tags=["hint"]
# 수 하나가 들어가서 하나가 나오고, 그 사이가 휘어집니다. 몇 번
# 꺾여야 할까요? 손이 가장 덜 가는 옵티마이저는 무엇인가요?

# %% [markdown] lang="en" tags=["hint"]
# Two hidden layers of 32 with tanh, Adam with a rate of 0.01, 400
# epochs. The mean squared error is the cost, and both shapes are
# `[100, 1]`.

# %% [markdown] lang="ko" tags=["hint"]
# 뉴런 32개에 tanh를 쓰는 은닉층 두 개, Adam에 학습률 0.01, 400
# 에포크면 됩니다. cost는 평균 제곱 오차이고, shape은 둘 다
# `[100, 1]`입니다.

# %% [markdown] lang="en" tags=["hint"]
# `nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 1))`,
# `torch.optim.Adam(my_model.parameters(), lr=0.01)`, and in the
# loop `cost = F.mse_loss(my_model(x_wave), y_wave)` and the three
# lines that you know

# %% [markdown] lang="ko" tags=["hint"]
# `nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 1))`,
# `torch.optim.Adam(my_model.parameters(), lr=0.01)`, 반복문에는
# `cost = F.mse_loss(my_model(x_wave), y_wave)`와 늘 쓰던 세 줄을
# 쓰세요.

# %% tags=["solution"]
torch.manual_seed(0)
x_wave = 2 * torch.rand(100, 1) - 1
y_wave = torch.sin(6 * x_wave) + 0.1 * torch.randn(100, 1)

my_model = nn.Sequential(
    nn.Linear(1, 32),
    nn.Tanh(),
    nn.Linear(32, 32),
    nn.Tanh(),
    nn.Linear(32, 1),
)
optimizer = torch.optim.Adam(my_model.parameters(), lr=0.01)

for epoch in range(400):
    cost = F.mse_loss(my_model(x_wave), y_wave)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()


# %% tags=["check"]
def asked(places):
    # a model may count in float64
    weights = my_model.parameters() if isinstance(my_model, nn.Module) else ()
    kinds = [each.dtype for each in weights]
    answers = my_model(places.to(*kinds[:1]))
    return answers.float() if torch.is_tensor(answers) else answers


def weights_behind(answers):
    nodes, found = [answers.grad_fn], set()
    for node in nodes:
        if hasattr(node, "variable"):
            found.add(node.variable)
        nodes += [each for each, _ in getattr(node, "next_functions", ()) if each not in nodes]
    return [weight for weight in found if weight.grad is not None]


def length_of(tensors):
    return sum(each.norm().item() ** 2 for each in tensors) ** 0.5


x_new = torch.linspace(-0.95, 0.95, 200)[:, None]
y_new = torch.sin(6 * x_new)
if isinstance(my_model, nn.Module):
    my_model.eval()
is_class = isinstance(my_model, type)
answers = asked(x_new) if callable(my_model) and not is_class else my_model
kind = f"class {my_model.__name__}" if is_class else type(answers).__name__
shape = list(answers.shape) if torch.is_tensor(answers) else kind
fits = shape == [200, 1]

assert fits, {
    "en": f"for 200 places my_model must answer a column of heights, [200, 1]; yours is {shape}",
    "ko": f"200곳을 넣으면 my_model은 높이를 [200, 1]로 답해야 합니다. 지금은 {shape}입니다",
}
if fits:
    fits = not answers.isnan().any()
    assert fits, {
        "en": "my_model must answer numbers; yours answers nan: is the rate too large, or does the"
        " cost take the logarithm of 0?",
        "ko": "my_model은 수를 답해야 합니다. 지금은 nan을 답합니다. 학습률이 너무 크지 않은가요?"
        " cost에서 0의 로그를 구하지는 않나요?",
    }
if fits:
    error_new = F.mse_loss(answers, y_new).item()
    error_seen = F.mse_loss(asked(x_wave), y_wave).item()
    advice = {
        "en": "it has not learnt its own points either: look at the activation, the optimizer, the"
        " epochs, and whether both shapes are [100, 1]",
        "ko": "배운 점에서도 크게 빗나갑니다. 활성화 함수, 옵티마이저, 에포크와 shape을"
        " 살펴보세요.",
    }
    if error_seen < 0.03:
        advice = {
            "en": "it is nearly there: more epochs, or a smaller rate for the last of them?",
            "ko": "거의 다 왔습니다. 에포크를 늘리거나 끝에 가서 학습률을 줄여 보세요.",
        }
    if error_seen < 0.008:
        advice = {
            "en": "it fits its own points and not what lies between: it has learnt the noise",
            "ko": "배운 점은 맞지만 그 사이가 틀립니다. 잡음까지 외웠습니다.",
        }
    assert error_new > 1e-6, {
        "en": "my_model must learn from the 100 noisy points; yours answers the true wave to the"
        " last digit, which they do not tell: where is what it learns?",
        "ko": "my_model은 잡음 섞인 점 100개에서 배워야 합니다. 지금은 진짜 물결과 똑같이 답하는데,"
        " 그 점들로는 알 수 없는 답입니다. 학습하는 가중치가 있나요?",
    }
if fits:
    assert error_new < 0.01, {
        "en": "between the points the mean squared error must be below 0.01;"
        f" yours is {error_new:.4g}: {advice['en']}",
        "ko": "점들 사이에서 평균 제곱 오차가 0.01보다 작아야 합니다."
        f" 지금은 {error_new:.4g}입니다. {advice['ko']}",
    }
if fits:
    # what one example asks of the weights, beside what the last epoch left there
    weights = weights_behind(answers)
    alone = []
    for at in range(100 if weights else 0):
        cost_of_one = F.mse_loss(asked(x_wave[[at]]), y_wave[[at]])
        alone.append(length_of(torch.autograd.grad(cost_of_one, weights)))
    usual = length_of(torch.tensor(alone)) / max(1, len(alone)) ** 0.5
    left = length_of(weight.grad for weight in weights)
    # what is never emptied is added to in place, and its version counts how often
    added = max([weight.grad._version for weight in weights], default=0)
    assert added < 10 or left <= 0.4 * usual + 1e-3, {
        "en": f"each epoch must begin with empty gradients; yours were added to {added} times, and"
        f" are {left:.2g} long: where is zero_grad()?",
        "ko": f"에포크마다 기울기를 비우고 시작해야 합니다. 지금은 비우지 않은 채 {added}번 더해져"
        f" 크기가 {left:.2g}입니다. zero_grad()를 불렀나요?",
    }

# %% [markdown] lang="en"
# ## What you have learnt
#
# - The steepest direction limits the rate of all; momentum and
#   a rate for each weight are two ways out.
# - Adam is both, corrected for its start.
# - Find the rate by a range test, and lower it by a schedule.
# - Weight decay keeps weights small; initialisation and
#   activation keep signal and gradient alive.
#
# Things to try, here in the steps (`e` writes, `f5` runs):
#
# - Start the race on the saddle at `[-4.0, 0.0]`. Who leaves?
# - Make the ravine ten times steeper, run the race, and go back
#   along the curve to 120, its end (`3`, arrows, `enter`). Whose
#   path changed least?
# - `nn.Tanh` with `kaiming_normal_` in the deep network.

# %% [markdown] lang="ko"
# ## 무엇을 배웠을까요?
#
# - 가장 가파른 방향이 전체 학습률을 제한합니다. 모멘텀과
#   가중치마다 다른 학습률이 두 가지 해법입니다.
# - Adam은 둘을 합치고, 출발할 때의 치우침을 보정합니다.
# - 학습률은 range test로 찾고 스케줄로 줄입니다.
# - 가중치 감쇠는 가중치를 작게 유지하고, 초기화와 활성화
#   함수는 신호와 기울기를 살립니다.
#
# 지나온 단계로 돌아가서 직접 해 보세요. `e`로 쓰고 `f5`로
# 실행합니다.
#
# - 안장의 `[-4.0, 0.0]`에서 출발하면 누가 벗어날까요?
# - 협곡을 열 배 더 가파르게 하고 경주를 실행한 다음, 곡선을 따라
#   협곡이 끝나는 120으로 돌아가 보세요(`3`, 화살표, `enter`). 누구의
#   길이 가장 덜 변했나요?
# - 깊은 신경망에 `nn.Tanh`와 `kaiming_normal_`을 써 보세요.

# %% [markdown] lang="ko" tags=["words"]
# - `The maps`: 지도
# - `The path of SGD`: SGD의 경로
# - `The path of each ball`: 공 네 개의 경로
# - `Six runners, best first`: 선수 여섯, cost 낮은 순
# - `Cost by learning rate`: 학습률에 따른 cost
# - `Excess (cyan) and rate`: 청록: excess, 주황: 학습률
# - `The curve, by decay`: 감쇠에 따른 곡선
# - `Spread after each layer`: 층을 지난 값의 표준편차
# - `First (orange) and now`: 주황: 처음, 청록: 지금
# - `Ratios, layer 1 slopes`: 층별 비율, 1층의 기울기
# - `bowl`: 그릇
# - `ravine`: 협곡
# - `saddle`: 안장
# - `step {}: x = {}, y = {}`: {}걸음: x = {}, y = {}
# - `β = {}, step {}: cost {}`: β = {}, {}걸음: cost {}
# - `bowl, step {}: {}`: 그릇, {}걸음: {}
# - `ravine, step {}: {}`: 협곡, {}걸음: {}
# - `saddle, step {}: {}`: 안장, {}걸음: {}
# - `learning rate`: 학습률
# - `cost {} at {}`: 학습률 {1}에서 cost {0}
# - `step`: 걸음
# - `excess {}, rate {}`: excess {}, 학습률 {}
# - `sine`: 사인
# - `decay {}`: 감쇠 {}
# - `decay {}, epoch {}: cost {}`: 감쇠 {}, 에포크 {}: cost {}
# - `Xavier`: Xavier
# - `ratio`: 비율
# - `layer`: 층
# - `epoch {}: cost {}`: 에포크 {}: cost {}
